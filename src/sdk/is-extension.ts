import type { Extension } from './extension.ts'

/** Whether a value, such as what a module exports, was made by `defineExtension`, which notes the file. For Trellis itself: not exported. */
export const isExtension = (value: unknown): value is Extension =>
  typeof value === 'object' &&
  value !== null &&
  'typeDefs' in value &&
  'file' in value &&
  typeof value.file === 'string'
