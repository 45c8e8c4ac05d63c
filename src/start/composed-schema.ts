import { printSchema } from 'graphql'
import { extensions } from '../../extensions/index.ts'
import { type Composition, compose } from '../composition/index.ts'
import { createCore } from './core.ts'
import { trellisVersion } from './version.ts'

/** What core and installed extensions compose to, with nothing started: what schema.graphql holds. */
export function composeInstalled(): Composition {
  const { core } = createCore(() => {
    throw new Error('This schema is for printing.')
  })
  return compose({ core, extensions, trellisVersion, strict: true })
}

export const composedSchemaText = (): string => `${printSchema(composeInstalled().schema)}\n`
