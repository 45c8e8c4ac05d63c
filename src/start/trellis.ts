import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Extension, Viewer } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Composition } from '../composition/index.ts'
import type { Config, ConfiguredKey } from '../config.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { createDatabase, type Database } from '../database/database.ts'
import { installationValue } from '../database/installation.ts'
import { applyMigrations, coreSource } from '../database/migrations/index.ts'
import type { StatementObserver } from '../database/prepared-client.ts'
import { createViewerDirectory, type FindViewer } from '../database/viewers.ts'
import { createCursors } from '../entity/index.ts'
import { createContexts } from '../gateway/context/index.ts'
import { createGateway, type Gateway, type GatewayOptions } from '../gateway/create-gateway.ts'
import { createAuthenticator } from '../gateway/keys.ts'
import { useMutationEnd } from '../gateway/mutation/use-mutation-end.ts'
import { wrapMutations } from '../gateway/mutation/wrap-mutations.ts'
import { rightsOf } from '../modules/access/rights.ts'
import { composeAndStart } from './compose-and-start.ts'
import { keepHouse } from './housekeeping.ts'
import { readinessOf } from './readiness.ts'
import { samples } from './samples.ts'

export interface TrellisOptions {
  readonly config: GatewayOptions['config'] & { readonly database: Pick<Config['database'], 'poolSize'> }
  readonly connection: ConnectionParts
  readonly extensions: readonly Extension[]
  readonly keys: readonly ConfiguredKey[]
  /** Who asks without a key on this machine, by e-mail; `null` where everybody needs one. */
  readonly developmentViewer: string | null
  readonly log: Logger
  /** Fills the database once its tables are there. */
  readonly prepare?: (database: Database) => Promise<void>
  /** @default the clock */
  readonly now?: () => Date
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
  await options.prepare?.(database)
  const housekeeping = keepHouse(database, log)
  starting.defer(() => housekeeping.stop())
  const secret = await installationValue(database.session, 'cursorSecret', () =>
    randomBytes(32).toString('base64url'),
  )
  const { composition, entities, domains, rightsSubjects, started } = await composeAndStart(options)
  starting.defer(() => started.dispose())
  const { createContext, runnerOf } = createContexts({
    database,
    entities,
    schema: composition.schema,
    domains,
    cursors: createCursors(secret),
    rightsOf: viewer => rightsOf(viewer, rightsSubjects),
    lookAhead: options.execution !== 'interpreted',
    ...(now && { now }),
  })
  const schema = wrapMutations(composition.schema, runnerOf)
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
    ...(options.execution && { execution: options.execution }),
    ...(options.onExecution && { onExecution: options.onExecution }),
    health: { ready: () => readinessOf({ database, composition, running: started.running }) },
  })
  const running = starting.move()
  const close = () => running.disposeAsync()
  return { gateway, composition, schema, database, close, [Symbol.asyncDispose]: close }
}

/** @throws Error when the user was deleted or shut out */
const viewerNamed = (email: string, users: FindViewer) => async (): Promise<Viewer> => {
  const viewer = await users(email)
  if (!viewer) throw new Error(`There is no active user ${email} to answer requests without a key.`)
  return viewer
}
