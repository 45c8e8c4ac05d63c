import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Context, Running, Viewer } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import { type Composition, prepareComposition, readManifest } from '../composition/index.ts'
import { createDatabase, type Database } from '../database/database.ts'
import { installationValue } from '../database/installation.ts'
import { applyMigrations, coreSource } from '../database/migrations/index.ts'
import { ensureSystemUser } from '../database/system-user.ts'
import { createViewerDirectory, type FindViewer } from '../database/viewers.ts'
import { createCursors } from '../entity/index.ts'
import { createGateway, type Gateway } from '../gateway/create-gateway.ts'
import { createAuthenticator } from '../gateway/keys.ts'
import type { MutationRunner } from '../gateway/mutation/run-mutation.ts'
import { useMutationEnd } from '../gateway/mutation/use-mutation-end.ts'
import {
  createAddedRemotes,
  createFollower,
  type Decisions,
  lifecycleService,
  readDecisions,
  readRevision,
} from '../lifecycle/index.ts'
import { rightsOf } from '../modules/access/rights.ts'
import { usualChecks } from '../remote/index.ts'
import { createDiskStorage } from '../storage/disk-storage.ts'
import { containStrays, createSupervision, type Supervision } from '../supervision/index.ts'
import { askBeforeDisabling } from './ask-before-disabling.ts'
import { askForSchema } from './ask-for-schema.ts'
import { type BackgroundSwitch, createBackgroundSwitch } from './background-switch.ts'
import { createCore } from './core.ts'
import { driftsIn } from './drifts-in.ts'
import { createGenerations, type MadeGeneration } from './generations.ts'
import { keepHouse } from './housekeeping.ts'
import { isolateExtensions } from './isolate-extensions.ts'
import { type MakeGenerationOptions, makeGeneration } from './make-generation.ts'
import { tellingOfCommits } from './prepare-background.ts'
import { createProblemLog } from './problem-log.ts'
import { readinessOf } from './readiness.ts'
import { rightsSubjects } from './rights-subjects.ts'
import { samples } from './samples.ts'
import { createSetups } from './setups.ts'
import type { TrellisOptions } from './trellis-options.ts'
import { trellisVersion } from './version.ts'
import { createVersionTurns } from './version-turns.ts'
import { watchPromises } from './watch-promises.ts'

/** A gateway on its database, ready to answer. */
export interface Trellis extends AsyncDisposable {
  readonly gateway: Gateway
  /** Of what is served now. */
  readonly composition: Composition
  readonly schema: GraphQLSchema
  readonly database: Database
  /** What extensions made when they were set up, by name. */
  readonly running: ReadonlyMap<string, Running>
  /** What serves now, for code of an extension that no operation runs. It is not let go of until it is released. */
  readonly hold: () => HeldGeneration
  /** The id of the process that an extension has of its own, while it is there. */
  readonly pidOf: (extension: string) => number | null
  /** Resolves when the processes of extensions answer, or have been waited for so long: it serves without them as well. */
  readonly processesAnswer: (withinMs: number) => Promise<void>
  /** Looks whether an administrator decided something about extensions, and is done when that is served. */
  readonly follow: () => Promise<void>
  /** The watch over the extensions. */
  readonly supervision: Supervision
  /** Events and jobs, to be started once the gateway listens. */
  readonly background: Omit<BackgroundSwitch, 'replace'>
  /** Lets go of extensions and database; the gateway has to be closed before. */
  readonly close: () => Promise<void>
}

/** A generation that stays until it is released. */
export interface HeldGeneration extends Pick<MadeGeneration, 'composition' | 'running' | 'contextFor'> {
  readonly release: () => void
}

const root = join(import.meta.dirname, '..', '..')

/** Puts the rooms together: migrations, core and extensions, schema, contexts, gateway. */
export async function startTrellis(options: TrellisOptions): Promise<Trellis> {
  const { config, connection, log, now } = options
  // A part's gateway has.
  if (!options.part) await applyMigrations({ connection, ...coreSource(root), log })
  // What was started is let go of in the opposite order: on closing, and when something further down fails.
  await using starting = new AsyncDisposableStack()
  const database = createDatabase({
    connection,
    poolSize: config.database.poolSize,
    log,
    ...(options.observe && { observe: options.observe }),
  })
  starting.defer(() => database.close())
  const supervision = createSupervision({ log })
  if (options.process) starting.use(containStrays({ process: options.process, supervision, log }))
  const disk = createDiskStorage(config.files)
  const storage = disk.area('core')
  await options.prepare?.(database, storage)
  // A part's gateway keeps the house.
  if (!options.part) {
    const housekeeping = keepHouse({ database, disk, log })
    starting.defer(() => housekeeping.stop())
  }
  const secret = await installationValue(database.session, 'cursorSecret', () =>
    randomBytes(32).toString('base64url'),
  )
  const { core, entities } = options.core ?? createCore()
  const generations = createGenerations(log)
  starting.defer(() => generations.close())
  const background = createBackgroundSwitch(log)
  starting.defer(() => background.stop())
  if (options.watchesPromises !== false) {
    const watch = watchPromises({ database, log, ...(now && { now }) })
    starting.defer(() => watch.stop())
  }
  const { privateRemotes = false } = config
  const installed = new Set(options.extensions.map(extension => readManifest(extension).name))
  const addedRemotes = createAddedRemotes({ allowPrivate: privateRemotes })
  const runners = new WeakMap<Context, MutationRunner>()
  const sealer = options.sealer ?? null
  const { mode, files, attachments, eventDays } = config
  const { extensions, transportOf, pidOf, answering } = isolateExtensions({
    ...options.isolation,
    extensions: options.extensions,
    surroundings: {
      connection,
      config: { mode, files, attachments, eventDays },
      encryptionKeys: sealer?.keys ?? [],
      logLevel: log.level,
      ...(now && { now: now() }),
    },
    supervision,
    idempotentOf: context => runners.get(context)?.idempotent ?? null,
    onWritten: () => background.wake(),
    log,
  })
  const prepare = (decisions: Decisions) =>
    prepareComposition({
      core,
      extensions: [...extensions, ...addedRemotes(decisions)],
      trellisVersion,
      decisions,
    })
  const subjects = rightsSubjects(entities)
  const prepareSystem = () => ensureSystemUser(database.session)
  const made: MakeGenerationOptions = {
    prepare,
    supervision,
    callOf: extension => options.callOf?.(extension) ?? transportOf(extension),
    runners,
    disk,
    prepareSystem,
    background: {
      connection,
      database,
      log,
      retentionDays: config.eventDays,
      versionTurns: createVersionTurns({ database, supervision, prepare: prepareSystem, log }),
      ...(options.retryDelaysMs && { retryDelaysMs: options.retryDelaysMs }),
      ...(options.jobRhythm && { jobRhythm: options.jobRhythm }),
    },
    setups: createSetups({
      connection,
      database: database.session.sql,
      mergeable: new Set([...entities.values()].filter(({ mergeable }) => mergeable).map(({ name }) => name)),
      supervision,
      sealer,
      migrates: !options.part,
      log,
      ...(options.withNewerTables && { withNewerTables: options.withNewerTables }),
      schemaChecks: options.schemaChecks === undefined ? usualChecks : options.schemaChecks,
      lists: new Set([...entities.values()].map(({ plural }) => plural)),
    }),
    platform: {
      name: 'platform',
      postgresSchema: null,
      services: {
        extensions: lifecycleService({
          current: () => generations.current().composition,
          prepare,
          sealer,
          isInstalled: name => installed.has(name),
          allowsPrivateRemotes: privateRemotes,
          readSchema: askForSchema,
          beforeDisable: askBeforeDisabling(supervision),
          onDecided: () => follower.soon(),
        }),
      },
    },
    contexts: {
      database: tellingOfCommits(database, () => background.wake()),
      entities,
      cursors: createCursors(secret),
      rightsOf: viewer => rightsOf(viewer, subjects),
      settings: { attachments: config.attachments },
      signalFor: supervision.signalFor,
      lookAhead: options.execution !== 'interpreted',
      ...(now && { now }),
      ...(options.part && { idempotentOf: options.part.idempotentOf }),
    },
  }
  // Read first: what is decided in between is followed, and nothing is twice.
  const revision = await readRevision(database.session.sql)
  const logProblems = createProblemLog(log)
  const follow = async (): Promise<boolean> => {
    const generation = await makeGeneration(made, await readDecisions(database.session.sql))
    logProblems(generation.composition)
    generations.replace(generation)
    background.replace(generation.background, generations.current().hold())
    return generation.isWhole
  }
  const isWhole = await follow()
  const follower = createFollower({
    database,
    log,
    revision,
    isWhole,
    follow,
    ...(options.followsEveryMs !== undefined && { everyMs: options.followsEveryMs }),
  })
  starting.defer(() => follower.stop())
  const users = createViewerDirectory(database.session)
  const development =
    options.developmentViewer === null ? null : { viewer: viewerNamed(options.developmentViewer, users) }
  const gateway = createGateway({
    config,
    log,
    samples,
    generation: generations.current,
    authenticate:
      options.part?.authenticate ?? createAuthenticator({ keys: options.keys, users, development }),
    plugins: [useMutationEnd(context => runners.get(context) ?? null)],
    ...(options.execution && { execution: options.execution }),
    ...(options.onExecution && { onExecution: options.onExecution }),
    supervision,
    drifts: () => driftsIn(generations.current().composition),
    health: { ready: () => readinessOf({ database, ...generations.current() }) },
  })
  const running = starting.move()
  const close = () => running.disposeAsync()
  return {
    gateway,
    database,
    supervision,
    background,
    get composition() {
      return generations.current().composition
    },
    get schema() {
      return generations.current().schema
    },
    get running() {
      return generations.current().running
    },
    hold() {
      const { composition, contextFor, hold, ...current } = generations.current()
      return { composition, contextFor, running: current.running, release: hold() }
    },
    pidOf,
    processesAnswer: answering,
    follow: follower.now,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** @throws Error when the user was deleted or shut out */
const viewerNamed = (email: string, users: FindViewer) => async (): Promise<Viewer> => {
  const viewer = await users(email)
  if (!viewer) throw new Error(`There is no active user ${email} to answer requests without a key.`)
  return viewer
}
