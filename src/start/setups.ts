import { existsSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import type { Extension, Log, Running } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { type ComposedExtension, type Drift, wrongRegistryNames } from '../composition/index.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { applyMigrations, extensionSource } from '../database/migrations/index.ts'
import type { Transport } from '../delegation/index.ts'
import { isDatabaseUnreachable } from '../gateway/database-unreachable.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import type { Sealer } from '../lib/seal.ts'
import {
  type Decisions,
  missingConfiguration,
  nothingDecided,
  readSettings,
  type StoredDecision,
  secretPlace,
  signedBy,
} from '../lifecycle/index.ts'
import { createRemoteExecutor, type SchemaChecks, type SchemaWatch, watchSchema } from '../remote/index.ts'
import type { Supervision } from '../supervision/index.ts'
import { checkReferences } from './check-references.ts'
import { remoteTransport } from './remote-transport.ts'

/** What extensions made when they were set up, by their names; let go of when nobody holds it any more. */
export interface HeldSetups {
  readonly running: ReadonlyMap<string, Running>
  /** Those that failed, and why: they answer null until they are mended. */
  readonly unavailable: ReadonlyMap<string, Error>
  /** Whether nobody is among these only because something did not answer, the database above all. */
  readonly isWhole: boolean
  /** How a remote extension among them is called. */
  readonly transportOf: (extension: Extension) => Transport
  /** Whether a remote extension among them is what it is pinned to; `null` of others, and where nobody looks. */
  readonly driftOf: (extension: Pick<ComposedExtension, 'name' | 'decision'>) => Drift | null
  readonly release: () => Promise<void>
}

export interface Setups {
  /**
   * Sets up what is not yet, as it was decided. What one throws costs that one only.
   *
   * @throws what a required one does that did not reach something; nothing is held then
   */
  readonly hold: (extensions: readonly ComposedExtension[], decisions: Decisions) => Promise<HeldSetups>
}

export interface SetupsOptions {
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
interface Setup {
  readonly name: string
  readonly revision: number
  readonly running: Running
  /** Of a remote extension. */
  readonly transport: Transport | null
  readonly watch: SchemaWatch | null
  readonly dispose: () => Promise<void>
  holders: number
}

/** How long an extension may take to be set up before the gateway goes on without it. */
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

/** Sets extensions up, each once for what was decided about it, however many generations of the schema it is in. */
export function createSetups({
  connection,
  database,
  mergeable,
  supervision,
  sealer,
  lists,
  migrates = true,
  log,
  withNewerTables = new Set(),
  schemaChecks,
}: SetupsOptions): Setups {
  const setups = new Set<Setup>()

  /** @throws NotConfigured, and what its migrations and its setup throw */
  const setUp = async (
    { name, extension }: ComposedExtension,
    decision: StoredDecision,
  ): Promise<Omit<Setup, 'holders'>> => {
    const source = extensionSource(name, dirname(extension.file))
    // What is told of in no file has no folder, and no tables.
    if (migrates && isAbsolute(extension.file) && existsSync(source.directory))
      await applyMigrations({ connection, ...source, log, acceptsNewer: withNewerTables.has(name) })
    await checkReferences({ name, extension, database, mergeable })
    const { secrets: secretNames = [] } = extension
    const read = await readSettings(extension, decision.settings)
    const missing = missingConfiguration(
      read.problems ?? [],
      secretNames.filter(secret => decision.secrets[secret] === undefined),
    )
    if (missing || read.problems) throw missing
    const leaving = new AbortController()
    const options = {
      settings: read.settings,
      secrets: openSecrets(name, decision.secrets, sealer),
      log,
      signal: leaving.signal,
    }
    const supervisor = supervision.of(name, extension.limits)
    // Of which type its settings are, only its author knows; its own schema has just said that they are.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
    const own = options as never
    const made = await within(
      Promise.resolve(supervisor.background('setup', () => extension.setup?.(own))),
      `setup of ${name}`,
    )
    const [wrong] = wrongRegistryNames(name, made ?? {}, lists)
    if (wrong) {
      await made?.dispose?.()
      throw new Error(`setup made the ${wrong.registry} "${wrong.name}", which is not its own name to use.`)
    }
    const remote = extension.remote && signedBy(extension.remote, options.secrets)
    const executor = remote && createRemoteExecutor({ name, remote })
    const watch =
      executor && schemaChecks
        ? watchSchema({ name, executor, pinned: remote.schema.text, checks: schemaChecks, log })
        : null
    return {
      name,
      revision: decision.revision,
      running: made ?? {},
      transport: executor ? remoteTransport(executor, supervisor, () => watch?.doubt()) : null,
      watch,
      async dispose() {
        watch?.stop()
        leaving.abort()
        await Promise.all([made?.dispose?.(), executor?.close()])
      },
    }
  }

  const letGo = async (setup: Setup): Promise<void> => {
    setup.holders -= 1
    if (setup.holders > 0) return
    setups.delete(setup)
    try {
      await setup.dispose()
    } catch (thrown) {
      log.error(
        { err: describeFailure(thrown), extension: setup.name },
        'the extension failed when it was left',
      )
    }
  }

  return {
    async hold(extensions, decisions) {
      const held: Setup[] = []
      const unavailable = new Map<string, Error>()
      let isWhole = true
      const release = async (): Promise<void> => void (await Promise.all(held.map(letGo)))
      for (const composed of extensions) {
        const { name, extension } = composed
        const decision = decisions.get(name) ?? nothingDecided
        const isSame = (setup: Setup) => setup.name === name && setup.revision === decision.revision
        try {
          const setup = [...setups].find(isSame) ?? { ...(await setUp(composed, decision)), holders: 0 }
          setup.holders += 1
          setups.add(setup)
          held.push(setup)
        } catch (thrown) {
          log.error({ err: describeFailure(thrown), extension: name }, 'the extension could not be set up')
          unavailable.set(name, errorOf(thrown))
          if (!isDatabaseUnreachable(thrown)) continue
          isWhole = false
          if (extension.startup !== 'required') continue
          await release()
          throw thrown
        }
      }
      return {
        isWhole,
        transportOf(extension) {
          const transport = held.find(({ name }) => name === extension.name)?.transport
          if (!transport) throw new Error(`${extension.name} is no remote that was set up.`)
          return transport
        },
        driftOf: ({ name, decision }) =>
          held.find(setup => setup.name === name && setup.revision === decision.revision)?.watch?.state() ??
          null,
        running: new Map(held.map(({ name, running }) => [name, running])),
        unavailable,
        release,
      }
    },
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
