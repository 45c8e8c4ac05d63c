import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Extension, Storage, Viewer } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Background } from '../background/index.ts'
import type { Composition } from '../composition/index.ts'
import type { Config, ConfiguredKey } from '../config.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { createDatabase, type Database } from '../database/database.ts'
import { installationValue } from '../database/installation.ts'
import { applyMigrations, coreSource } from '../database/migrations/index.ts'
import type { StatementObserver } from '../database/prepared-client.ts'
import { ensureSystemUser } from '../database/system-user.ts'
import { createViewerDirectory, type FindViewer } from '../database/viewers.ts'
import { createCursors } from '../entity/index.ts'
import { createContexts } from '../gateway/context/index.ts'
import { createGateway, type Gateway, type GatewayOptions } from '../gateway/create-gateway.ts'
import { createAuthenticator } from '../gateway/keys.ts'
import { useMutationEnd } from '../gateway/mutation/use-mutation-end.ts'
import { wrapMutations } from '../gateway/mutation/wrap-mutations.ts'
import { rightsOf } from '../modules/access/rights.ts'
import { createDiskStorage } from '../storage/disk-storage.ts'
import { composeAndStart } from './compose-and-start.ts'
import { extensionRoutes } from './extension-routes.ts'
import { keepHouse } from './housekeeping.ts'
import { moduleRoutes } from './module-routes.ts'
import { ownersOf, prepareBackground, tellingOfCommits } from './prepare-background.ts'
import { readinessOf } from './readiness.ts'
import { samples } from './samples.ts'
import { watchPromises } from './watch-promises.ts'

export interface TrellisOptions {
  readonly config: GatewayOptions['config'] &
    Pick<Config, 'files' | 'attachments' | 'eventDays'> & {
      readonly database: Pick<Config['database'], 'poolSize'>
    }
  readonly connection: ConnectionParts
  readonly extensions: readonly Extension[]
  readonly keys: readonly ConfiguredKey[]
  /** Who asks without a key on this machine, by e-mail; `null` where everybody needs one. */
  readonly developmentViewer: string | null
  readonly log: Logger
  /** Fills the database, and the core's stored files, once its tables are there. */
  readonly prepare?: (database: Database, storage: Storage) => Promise<void>
  /** @default the clock */
  readonly now?: () => Date
  /** Whether promises that are broken by and by are noticed; tests do without, or notice them when they like. @default true */
  readonly watchesPromises?: boolean
  /** How long to wait after each failure of an event's handler, in milliseconds. @default eight times over about a day */
  readonly retryDelaysMs?: readonly number[]
  /** Told of every SQL statement, for tests that count them. */
  readonly observe?: StatementObserver
  /** `interpreted`: by graphql-js and loaders alone. @default 'compiled' */
  readonly execution?: NonNullable<GatewayOptions['execution']>
  /** Told how each operation is executed, for tests that compare the ways. */
  readonly onExecution?: NonNullable<GatewayOptions['onExecution']>
}

/** A gateway on its database, ready to answer. */
export interface Trellis extends AsyncDisposable {
  readonly gateway: Gateway
  readonly composition: Composition
  readonly schema: GraphQLSchema
  readonly database: Database
  /** Events and jobs, to be started once the gateway listens. */
  readonly background: Background
  /** Lets go of extensions and database; the gateway has to be closed before. */
  readonly close: () => Promise<void>
}

const root = join(import.meta.dirname, '..', '..')

/** Puts the rooms together: migrations, core and extensions, schema, contexts, gateway. */
export async function startTrellis(options: TrellisOptions): Promise<Trellis> {
  const { config, connection, log, now } = options
  await applyMigrations({ connection, ...coreSource(root), log })
  // What was started is let go of in the opposite order: on closing, and when something further down fails.
  await using starting = new AsyncDisposableStack()
  const database = createDatabase({
    connection,
    poolSize: config.database.poolSize,
    log,
    ...(options.observe && { observe: options.observe }),
  })
  starting.defer(() => database.close())
  const disk = createDiskStorage(config.files)
  const storage = disk.area('core')
  await options.prepare?.(database, storage)
  const housekeeping = keepHouse({ database, disk, log })
  starting.defer(() => housekeeping.stop())
  const secret = await installationValue(database.session, 'cursorSecret', () =>
    randomBytes(32).toString('base64url'),
  )
  const { composition, entities, domains, rightsSubjects, started } = await composeAndStart(options)
  starting.defer(() => started.dispose())
  if (options.watchesPromises !== false) {
    const watch = watchPromises({ database, log, ...(now && { now }) })
    starting.defer(() => watch.stop())
  }
  const { createContext, createOwnContext, runnerOf } = createContexts({
    database: tellingOfCommits(database, () => background.wake()),
    entities,
    schema: composition.schema,
    domains,
    cursors: createCursors(secret),
    rightsOf: viewer => rightsOf(viewer, rightsSubjects),
    settings: { attachments: config.attachments },
    lookAhead: options.execution !== 'interpreted',
    ...(now && { now }),
  })
  const owners = ownersOf(domains, disk)
  const prepareSystem = () => ensureSystemUser(database.session)
  const background = prepareBackground({
    composition,
    owners,
    connection,
    database,
    createOwnContext,
    prepare: prepareSystem,
    log,
    retentionDays: config.eventDays,
    ...(options.retryDelaysMs && { retryDelaysMs: options.retryDelaysMs }),
  })
  starting.defer(() => background.stop())
  const { schema } = composition
  wrapMutations(schema, runnerOf)
  const users = createViewerDirectory(database.session)
  const development =
    options.developmentViewer === null ? null : { viewer: viewerNamed(options.developmentViewer, users) }
  const gateway = createGateway({
    config,
    log,
    samples,
    schema: () => schema,
    createContext,
    authenticate: createAuthenticator({ keys: options.keys, users, development }),
    plugins: [useMutationEnd(runnerOf)],
    routes: [
      ...moduleRoutes({ createOwnContext, storage }),
      ...extensionRoutes({ composition, owners, createOwnContext, prepareSystem }),
    ],
    ...(options.execution && { execution: options.execution }),
    ...(options.onExecution && { onExecution: options.onExecution }),
    health: { ready: () => readinessOf({ database, composition, running: started.running }) },
  })
  const running = starting.move()
  const close = () => running.disposeAsync()
  return { gateway, composition, schema, database, background, close, [Symbol.asyncDispose]: close }
}

/** @throws Error when the user was deleted or shut out */
const viewerNamed = (email: string, users: FindViewer) => async (): Promise<Viewer> => {
  const viewer = await users(email)
  if (!viewer) throw new Error(`There is no active user ${email} to answer requests without a key.`)
  return viewer
}
