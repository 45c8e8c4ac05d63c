import type { Module } from '@trellis/sdk'
import { access } from './access/index.ts'
import { customers } from './customers/index.ts'
import { sales } from './sales/index.ts'

/** The modules of the core, in the order of their dependence. */
export const modules: readonly Module[] = [access, customers, sales]
