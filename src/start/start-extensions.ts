import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log, Running } from '@trellis/sdk'
import type { ComposedExtension } from '../composition/index.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { applyMigrations, extensionSource } from '../database/migrations/index.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import type { Supervision } from '../supervision/index.ts'

/** What an extension made at start, by its name. */
export interface StartedExtensions {
  readonly running: ReadonlyMap<string, Running>
  /** Those that failed, and why: they answer null until they are mended. */
  readonly unavailable: ReadonlyMap<string, Error>
  readonly dispose: () => Promise<void>
}

export interface StartExtensionsOptions {
  /** Those that composed; what was left out of the schema is not started either. */
  readonly extensions: readonly ComposedExtension[]
  readonly connection: ConnectionParts
  readonly supervision: Supervision
  readonly log: Log
}

/** How long an extension may take to start before the gateway goes on without it. */
const patienceMs = 10_000

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

async function within<Value>(work: Promise<Value>, what: string): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} took more than ${patienceMs} ms.`)), patienceMs)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Migrates each extension's tables and runs its setup. What one throws costs that one only. */
export async function startExtensions({
  extensions,
  connection,
  supervision,
  log,
}: StartExtensionsOptions): Promise<StartedExtensions> {
  const running = new Map<string, Running>()
  const unavailable = new Map<string, Error>()
  const closing = new AbortController()

  const start = async ({ extension, name }: ComposedExtension): Promise<void> => {
    const source = extensionSource(name, dirname(extension.file))
    if (existsSync(source.directory)) await applyMigrations({ connection, ...source, log })
    const supervisor = supervision.of(name, extension.limits)
    const made = await within(
      Promise.resolve(
        supervisor.background('setup', () => extension.setup?.({ log, signal: closing.signal })),
      ),
      `setup of ${name}`,
    )
    if (made) running.set(name, made)
  }

  for (const extension of extensions) {
    const { name } = extension
    try {
      await start(extension)
    } catch (thrown) {
      unavailable.set(name, errorOf(thrown))
      log.error({ err: describeFailure(thrown), extension: name }, 'the extension failed at start')
    }
  }
  return {
    running,
    unavailable,
    async dispose() {
      closing.abort()
      await Promise.allSettled([...running.values()].map(async ({ dispose }) => dispose?.()))
    },
  }
}
