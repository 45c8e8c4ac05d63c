import type { Extension } from '@trellis/sdk'
import { pino } from 'pino'
import { extensions as installed } from '../../extensions/index.ts'
import { ensureUsers } from '../../src/database/ensure-users.ts'
import { startTrellis, type Trellis } from '../../src/start/trellis.ts'
import { createTestDatabase } from './database.ts'

/** Who a test asks as. */
export type TestRole = 'administrator' | 'agent'

const users = [
  { role: 'ADMINISTRATOR', email: 'ada@trellis.example', name: 'Ada Lindqvist', key: 'administrator'.padEnd(40, 'x') },
  { role: 'AGENT', email: 'ben@trellis.example', name: 'Ben Okafor', key: 'agent'.padEnd(40, 'x') },
] as const

export interface TestGatewayOptions {
  /** @default those that are installed */
  readonly extensions?: readonly Extension[]
  /** The present; fixed unless a test moves it. @default 2026-03-01T12:00:00Z */
  readonly now?: () => Date
}

/** What GraphQL answered. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

export interface AskOptions {
  /** @default 'administrator' */
  readonly as?: TestRole
  readonly headers?: Readonly<Record<string, string>>
}

/** A gateway on a database of its own, asked by the front door but without a socket. */
export interface TestGateway extends AsyncDisposable {
  readonly trellis: Trellis
  ask(query: string, variables?: Readonly<Record<string, unknown>>, options?: AskOptions): Promise<Answer>
  /** The data of an answer that has no errors. @throws Error with the errors */
  data(query: string, variables?: Readonly<Record<string, unknown>>, options?: AskOptions): Promise<Readonly<Record<string, any>>>
  /** The SQL statements that the work causes, BEGIN and COMMIT included. */
  statementsOf(work: () => Promise<unknown>): Promise<readonly string[]>
  readonly userIds: Readonly<Record<TestRole, string>>
}

export async function createTestGateway({ extensions = installed, now }: TestGatewayOptions = {}): Promise<TestGateway> {
  const database = await createTestDatabase()
  const statements: string[] = []
  const trellis = await startTrellis({
    config: {
      host: '127.0.0.1',
      port: 0,
      mode: 'development',
      corsOrigins: [],
      bodyLimitBytes: 1_048_576,
      drainSeconds: 5,
      database: { url: null, dataDirectory: '', poolSize: 4 },
    },
    connection: database.connection,
    extensions,
    keys: users,
    developmentViewer: null,
    log: pino({ level: 'silent' }),
    now: now ?? (() => new Date('2026-03-01T12:00:00Z')),
    prepare: database => ensureUsers(database, users),
    observe: sql => statements.push(sql),
  })
  const keyOf = (role: TestRole) => users[role === 'administrator' ? 0 : 1].key

  const ask: TestGateway['ask'] = async (query, variables = {}, { as = 'administrator', headers = {} } = {}) => {
    const response = await trellis.gateway.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf(as)}`, ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    )
    return (await response.json()) as Answer
  }
  const data: TestGateway['data'] = async (...question) => {
    const answer = await ask(...question)
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors, null, 2))
    return answer.data
  }
  const idOf = async (role: TestRole) => String((await data('{ viewer { id } }', {}, { as: role }))['viewer']['id'])

  return {
    trellis,
    ask,
    data,
    userIds: { administrator: await idOf('administrator'), agent: await idOf('agent') },
    async statementsOf(work) {
      statements.length = 0
      await work()
      return [...statements]
    },
    async [Symbol.asyncDispose]() {
      await trellis.close()
      await database[Symbol.asyncDispose]()
    },
  }
}
