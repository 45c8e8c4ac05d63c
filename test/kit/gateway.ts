import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Extension } from '@trellis/sdk'
import { sql } from 'kysely'
import { pino } from 'pino'
import { extensions as installed } from '../../extensions/index.ts'
import { CompositionError } from '../../src/composition/index.ts'
import type { ConnectionParts } from '../../src/database/connection.ts'
import { ensureUsers } from '../../src/database/ensure-users.ts'
import { createSealer } from '../../src/lib/seal.ts'
import { createCore } from '../../src/start/core.ts'
import { startTrellis, type Trellis } from '../../src/start/trellis.ts'
import type { TrellisOptions } from '../../src/start/trellis-options.ts'
import { type Answer, listAt, textAt, valueAt } from './answer.ts'
import { type ExtensionWork, extensionWorkOf } from './extension-work.ts'

/** Who a test asks as. */
export type TestRole = 'administrator' | 'agent'

const users = [
  {
    role: 'ADMINISTRATOR',
    email: 'ada@trellis.example',
    name: 'Ada Lindqvist',
    key: 'administrator'.padEnd(40, 'x'),
  },
  { role: 'AGENT', email: 'ben@trellis.example', name: 'Ben Okafor', key: 'agent'.padEnd(40, 'x') },
] as const

export interface GatewayOnOptions {
  /** A migrated database that nobody else uses. */
  readonly connection: ConnectionParts
  /** @default those that are installed */
  readonly extensions?: readonly Extension[]
  /** Whether an extension with problems is left out, as in production; otherwise there is no gateway. @default false */
  readonly quarantines?: boolean
  /** How remote extensions are called. @default their fields fail */
  readonly callOf?: NonNullable<TrellisOptions['callOf']>
  /** The present; fixed unless a test moves it. @default 2026-03-01T12:00:00Z */
  readonly now?: () => Date
  /** Which extensions run in processes of their own, or are served elsewhere. @default those that ask for a process */
  readonly isolation?: NonNullable<TrellisOptions['isolation']>
  /** `interpreted`: by graphql-js and loaders alone. @default 'compiled' */
  readonly execution?: NonNullable<TrellisOptions['execution']>
  /** Told how each operation is executed. */
  readonly onExecution?: NonNullable<TrellisOptions['onExecution']>
  /** What attachments are taken. @default a megabyte of anything */
  readonly attachments?: Partial<TrellisOptions['config']['attachments']>
  /** How often it looks for what was decided about extensions, in ms. @default when `trellis.follow` is called */
  readonly followsEveryMs?: number
  /** The log's lines are added to it. @default thrown away */
  readonly logLines?: string[]
  /** Whether extensions hear of events and do their jobs. @default false */
  readonly background?: boolean
  /** How often services elsewhere are asked whether they are what they are pinned to. @default never */
  readonly schemaChecks?: NonNullable<TrellisOptions['schemaChecks']>
  /** Whether services that are added may be at private addresses. @default true */
  readonly privateRemotes?: boolean
  /** How long to wait after each failure of an event's handler, in milliseconds. @default eight times over about a day */
  readonly retryDelaysMs?: readonly number[]
}

export interface AskOptions {
  /** @default 'administrator' */
  readonly as?: TestRole
  readonly headers?: Readonly<Record<string, string>>
}

/** Shared by all gateways of a test's process, since it is the same for them. */
const core = createCore()

type Values = Readonly<Record<string, unknown>>

/** A gateway on a database of its own, asked by the front door but without a socket. */
export interface TestGateway extends ExtensionWork, AsyncDisposable {
  readonly trellis: Trellis
  readonly userIds: Readonly<Record<TestRole, string>>
  /** The keys that requests of one's own are sent with. */
  readonly keys: Readonly<Record<TestRole, string>>
  /** Where stored files are. */
  readonly filesDirectory: string
  ask(query: string, variables?: Values, options?: AskOptions): Promise<Answer>
  /** The data of an answer that has no errors. @throws Error with the errors */
  data(query: string, variables?: Values, options?: AskOptions): Promise<Values>
  /** Makes a record, such as a `customer`, and answers its id. @throws Error with what it was refused for */
  create(entity: string, input: Values, options?: AskOptions): Promise<string>
  /** What a mutation refuses its input for, such as `OUT_OF_RANGE input.probability`; none when it was done. */
  refusals(mutation: string, input: Values, options?: AskOptions): Promise<readonly string[]>
  /** Asks a route, such as `/extensions/visit/reminders`. `as: null` sends no key. */
  fetch(path: string, options?: RequestInit & { readonly as?: TestRole | null }): Promise<Response>
  /** Listens on a free port, for clients that bring a `fetch` of their own. */
  listen(): Promise<AsyncDisposable & { readonly endpoint: string }>
  /** The SQL statements that the work causes, BEGIN and COMMIT included. */
  statementsOf(work: () => Promise<unknown>): Promise<readonly string[]>
  /** How many rows a table has, such as `OutboxEvent` or `ext_loyalty.LoyaltyAdjustment`. */
  rowsIn(table: string): Promise<number>
}

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Who asks is looked up once in ten seconds, so this statement comes when it likes. */
const isLookUpOfViewer = (statement: string): boolean => /from "User" where email = \$1/.test(statement)

/** @throws CompositionError with the problems of extensions that were left out */
function refuseProblems({ composition }: Trellis): void {
  const problems = composition.extensions.flatMap(extension =>
    extension.status === 'QUARANTINED' ? extension.problems : [],
  )
  if (problems.length > 0) throw new CompositionError(problems)
}

/**
 * Starts a gateway on this database; it is the caller's to drop.
 *
 * @throws CompositionError with all problems of the extensions, unless these are to be left out
 */
export async function createGatewayOn({
  connection,
  extensions = installed,
  quarantines = false,
  callOf,
  isolation,
  now,
  execution,
  onExecution,
  attachments,
  logLines,
  followsEveryMs,
  background = false,
  schemaChecks,
  privateRemotes = true,
  retryDelaysMs,
}: GatewayOnOptions): Promise<TestGateway> {
  const statements: string[] = []
  const log = logLines
    ? pino({ level: 'info', base: null }, { write: (line: string) => void logLines.push(line) })
    : pino({ level: 'silent' })
  await using starting = new AsyncDisposableStack()
  const filesDirectory = await mkdtemp(join(tmpdir(), 'trellis-files-'))
  starting.defer(() => rm(filesDirectory, { recursive: true, force: true }))
  const trellis = await startTrellis({
    config: {
      host: '127.0.0.1',
      port: 0,
      mode: 'development',
      corsOrigins: [],
      bodyLimitBytes: 1_048_576,
      drainSeconds: 5,
      eventDays: 7,
      privateRemotes,
      files: { directory: filesDirectory },
      attachments: { limitBytes: 1_048_576, types: ['*/*'], ...attachments },
      database: { url: null, dataDirectory: '', poolSize: 4 },
    },
    core,
    connection,
    extensions,
    ...(callOf && { callOf }),
    ...(isolation && { isolation }),
    keys: users,
    developmentViewer: null,
    log,
    now: now ?? (() => new Date('2026-03-01T12:00:00Z')),
    prepare: database => ensureUsers(database, users),
    watchesPromises: false,
    sealer: createSealer([new Uint8Array(32).fill(7)]),
    followsEveryMs: followsEveryMs ?? null,
    jobRhythm: { deadSeconds: 1, schedulesSeconds: 1, runsSeconds: 0.5 },
    schemaChecks: schemaChecks ?? null,
    observe: statement => statements.push(statement),
    ...(retryDelaysMs && { retryDelaysMs }),
    ...(execution && { execution }),
    ...(onExecution && { onExecution }),
  })
  starting.use(trellis)
  if (!quarantines) refuseProblems(trellis)
  if (background) await trellis.background.start()
  const keyOf = (role: TestRole): string => users[role === 'administrator' ? 0 : 1].key

  const ask: TestGateway['ask'] = async (
    query,
    variables = {},
    { as = 'administrator', headers = {} } = {},
  ) => {
    const response = await trellis.gateway.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf(as)}`, ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    )
    const answer: Answer = JSON.parse(await response.text())
    return answer
  }
  const data: TestGateway['data'] = async (...question) => {
    const answer = await ask(...question)
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors, null, 2))
    return answer.data
  }
  const write = (mutation: string, input: Values, selection: string, options: AskOptions | undefined) =>
    data(
      `mutation ($input: ${upperFirst(mutation)}Input!) { done: ${mutation}(input: $input) { ${selection} userErrors { code message path } } }`,
      { input },
      options,
    )
  const idOf = async (role: TestRole) =>
    textAt(await data('{ viewer { id } }', {}, { as: role }), 'viewer.id')

  const userIds = { administrator: await idOf('administrator'), agent: await idOf('agent') }
  const running = starting.move()
  return {
    ...extensionWorkOf(trellis, log),
    trellis,
    filesDirectory,
    keys: { administrator: keyOf('administrator'), agent: keyOf('agent') },
    userIds,
    ask,
    data,
    async create(entity, input, options) {
      const answer = await write(`${entity}Create`, input, `${entity} { id }`, options)
      return textAt(answer, `done.${entity}.id`)
    },
    async refusals(mutation, input, options) {
      const answer = await write(mutation, input, '', options)
      return listAt(answer, 'done.userErrors').map(
        error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}`,
      )
    },
    async fetch(path, { as = 'administrator', ...options } = {}) {
      const headers = new Headers(options.headers)
      if (as !== null) headers.set('authorization', `Bearer ${keyOf(as)}`)
      return trellis.gateway.fetch(new Request(new URL(path, 'http://localhost'), { ...options, headers }))
    },
    async listen() {
      const { url, close } = await trellis.gateway.listen()
      return { endpoint: `${url}/graphql`, [Symbol.asyncDispose]: close }
    },
    async statementsOf(work) {
      statements.length = 0
      await work()
      return statements.filter(statement => !isLookUpOfViewer(statement))
    },
    async rowsIn(table) {
      const { rows } = await sql`select count(*)::int as count from ${sql.table(table)}`.execute(
        trellis.database.session.sql,
      )
      return Number(valueAt(rows, '0.count'))
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
