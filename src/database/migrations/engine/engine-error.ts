import type { ErrorRegistry } from '@prisma/driver-adapter-utils'
import { MigrationError } from '../migration-error.ts'
import { withoutTrace } from '../without-trace.ts'

/**
 * What the engine rejected with, as an error for people: its stack of Rust functions left out, and a
 * failure on our side of the border, of which it knows a number only, put in its place.
 */
export function engineError(error: unknown, registry: ErrorRegistry): unknown {
  const message = error instanceof Error ? error.message : String(error)
  const [, id] = /External error id#(\d+)/.exec(message) ?? []
  const ours = id === undefined ? undefined : registry.consumeError(Number(id))
  if (ours !== undefined) return ours.error
  return new MigrationError('engine', `Prisma's schema engine: ${withoutTrace(message)}`, { cause: error })
}
