import type { Extension } from '@trellis/sdk'
import { printSchema } from 'graphql'
import { extensions as installed } from '../../extensions/index.ts'
import { type Composition, compose } from '../composition/index.ts'
import type { Decisions } from '../lifecycle/index.ts'
import { createCore } from './core.ts'
import { trellisVersion } from './version.ts'

export interface ComposeWithOptions {
  /** Refuse what would otherwise be left out. @default false */
  readonly strict?: boolean
  /** What was decided about them. @default nothing */
  readonly decisions?: Decisions
}

/**
 * What the core and these extensions compose to, with nothing started.
 *
 * @throws CompositionError with all problems, when a required extension is at fault, or any in strict mode
 */
export function composeWith(
  extensions: readonly Extension[],
  { strict = false, decisions = new Map() }: ComposeWithOptions = {},
): Composition {
  const { core } = createCore()
  return compose({ core, extensions, trellisVersion, strict, decisions })
}

/** What core and installed extensions compose to, with nothing started: what schema.graphql holds. */
export const composeInstalled = (): Composition => composeWith(installed, { strict: true })

export const composedSchemaText = (): string => `${printSchema(composeInstalled().schema)}\n`
