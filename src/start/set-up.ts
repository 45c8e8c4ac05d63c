import { existsSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import type { Log, Running } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { type ComposedExtension, wrongRegistryNames } from '../composition/index.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { applyMigrations, extensionSource } from '../database/migrations/index.ts'
import type { Transport } from '../delegation/index.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import type { Sealer } from '../lib/seal.ts'
import {
  missingConfiguration,
  readSettings,
  type StoredDecision,
  secretPlace,
  signedBy,
} from '../lifecycle/index.ts'
import { createRemoteExecutor, type SchemaChecks, type SchemaWatch, watchSchema } from '../remote/index.ts'
import type { Supervision } from '../supervision/index.ts'
import { checkReferences } from './check-references.ts'
import { remoteTransport } from './remote-transport.ts'

export interface SetUpOptions {
  readonly connection: ConnectionParts
  /** Where an extension's tables are looked at, outside of any transaction. */
  readonly database: Kysely<unknown>
  /** The entities whose records may become one. */
  readonly mergeable: ReadonlySet<string>
  readonly supervision: Supervision
  readonly sealer: Sealer | null
  /** Names in the registries that are the core's. */
  readonly lists: ReadonlySet<string>
  /** Whether it applies extensions' migrations; else somebody has. @default true */
  readonly migrates?: boolean
  readonly log: Log
  /** Whose tables may be of a newer version than their code. @default nobody's */
  readonly withNewerTables?: ReadonlySet<string>
  /** How often remote extensions are asked for their schemas; `null` for never. */
  readonly schemaChecks: SchemaChecks | null
}

/** An extension that was set up with what was decided about it then. */
export interface Setup {
  readonly name: string
  readonly revision: number
  readonly running: Running
  /** Of a remote extension. */
  readonly transport: Transport | null
  readonly watch: SchemaWatch | null
  /** Lets go of what was made. @throws what the extension does then, and Error when that takes too long */
  readonly dispose: () => Promise<void>
}

/** How long an extension may take to be set up, or to be let go of, before the gateway goes on without it. */
const patienceMs = 10_000

/** @throws NotConfigured, and what its migrations and its setup throw; nothing is left behind then */
export async function setUp(
  composed: ComposedExtension,
  decision: StoredDecision,
  options: SetUpOptions,
): Promise<Setup> {
  const { name, extension } = composed
  const { supervision, sealer, log, schemaChecks } = options
  await prepareTables(composed, options)
  const { secrets: secretNames = [] } = extension
  const read = await readSettings(extension, decision.settings)
  const missing = missingConfiguration(
    read.problems ?? [],
    secretNames.filter(secret => decision.secrets[secret] === undefined),
  )
  if (missing || read.problems) throw missing
  const secrets = openSecrets(name, decision.secrets, sealer)
  const { running, letGo } = await runSetup(composed, { settings: read.settings, secrets }, options)
  const remote = extension.remote && signedBy(extension.remote, secrets)
  const executor = remote && createRemoteExecutor({ name, remote })
  const watch =
    executor && schemaChecks
      ? watchSchema({ name, executor, pinned: remote.schema.text, checks: schemaChecks, log })
      : null
  const supervisor = supervision.of(name, extension.limits)
  return {
    name,
    revision: decision.revision,
    running,
    transport: executor ? remoteTransport(executor, supervisor, () => watch?.doubt()) : null,
    watch,
    async dispose() {
      watch?.stop()
      await within(Promise.all([letGo(), executor?.close()]), `dispose of ${name}`)
    },
  }
}

/** Its migrations, and what it says of its tables. */
async function prepareTables(
  { name, extension }: ComposedExtension,
  { connection, database, mergeable, migrates = true, log, withNewerTables = new Set() }: SetUpOptions,
): Promise<void> {
  const source = extensionSource(name, dirname(extension.file))
  // What is told of in no file has no folder, and no tables.
  if (migrates && isAbsolute(extension.file) && existsSync(source.directory))
    await applyMigrations({ connection, ...source, log, acceptsNewer: withNewerTables.has(name) })
  await checkReferences({ name, extension, database, mergeable })
}

interface Configured {
  readonly settings: unknown
  readonly secrets: Readonly<Record<string, string>>
}

interface Ran {
  readonly running: Running
  /** Tells it that it is over, and lets go of what it made. */
  readonly letGo: () => Promise<void>
}

/** Calls the extension's own `setup`. Where that does not end well, it is told that it is over, and what it still makes is let go of. */
async function runSetup(
  { name, extension }: ComposedExtension,
  configured: Configured,
  { supervision, lists, log }: SetUpOptions,
): Promise<Ran> {
  const leaving = new AbortController()
  // Of which type its settings are, only its author knows; its own schema has just said that they are.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
  const own = { ...configured, log, signal: leaving.signal } as never
  const supervisor = supervision.of(name, extension.limits)
  const work = (async () => supervisor.background('setup', () => extension.setup?.(own)))()
  const letGo = async (): Promise<void> => {
    leaving.abort()
    const made = await work
    await made?.dispose?.()
  }
  try {
    const running = (await within(work, `setup of ${name}`)) ?? {}
    const [wrong] = wrongRegistryNames(name, running, lists)
    if (!wrong) return { running, letGo }
    throw new Error(`setup made the ${wrong.registry} "${wrong.name}", which is not its own name to use.`)
  } catch (thrown) {
    // Nobody waits for it: one that is late may be so for good, and one that threw has made nothing.
    letGo().catch((failure: unknown) => {
      if (failure !== thrown)
        log.error(
          { err: describeFailure(failure), extension: name },
          'the extension failed when it was left, which could not be set up',
        )
    })
    throw thrown
  }
}

/** @throws Error when it takes too long */
async function within<Value>(work: Promise<Value>, what: string): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} took more than ${patienceMs} ms.`)), patienceMs)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** @throws Error when the key that they were sealed with is not to be had */
const openSecrets = (
  extension: string,
  sealed: Readonly<Record<string, string>>,
  sealer: Sealer | null,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(sealed).map(([name, text]) => {
      if (!sealer) throw new Error('Secrets are set, but TRELLIS_ENCRYPTION_KEYS is not.')
      return [name, sealer.open(text, secretPlace(extension, name))]
    }),
  )
