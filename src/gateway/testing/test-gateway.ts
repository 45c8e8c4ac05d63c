import type { Context, Viewer } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import { pino } from 'pino'
import { createGateway, type GatewayOptions } from '../create-gateway.ts'
import type { Generation } from '../generation.ts'
import { createRouter, type GatewayRoute } from '../routes/router.ts'
import { createTestSchema } from './test-schema.ts'

export const administrator: Viewer = {
  id: 'usr_01h2xcejqtf2nbrexx3vqjhp41',
  name: 'Ada Lovelace',
  role: 'ADMINISTRATOR',
  teamId: null,
}

interface TestContext extends Context {
  readonly lazy: string
}

const createTestContext: Generation['createContext'] = ({ viewer, requestId, log, signal }): TestContext => ({
  viewer,
  requestId,
  log,
  signal,
  rights: { read: entity => ({ entity, rows: { kind: 'all' }, fields: 'all' }), assert: () => undefined },
  // The registries of whatever modules there are, which no resolver of the test schema asks.
  loaders: Object.create(null),
  services: Object.create(null),
  settings: Object.create(null),
  dryRun: false,
  now: () => new Date(0),
  get lazy() {
    return `lazy ${viewer.name}`
  },
})

export interface TestGatewayOptions extends Partial<Omit<GatewayOptions, 'config' | 'log' | 'generation'>> {
  readonly config?: Partial<GatewayOptions['config']>
  /** The schema of now. @default the test schema */
  readonly schema?: () => GraphQLSchema
  readonly createContext?: Generation['createContext']
  /** Addresses beside GraphQL. @default none */
  readonly routes?: readonly GatewayRoute[]
}

/** A gateway over the test schema, whose viewer is an administrator, with its log as a list. */
export function createTestGateway({
  config = {},
  schema: currentSchema,
  createContext = createTestContext,
  routes = [],
  ...options
}: TestGatewayOptions = {}) {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'debug', base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const testSchema = createTestSchema()
  const router = createRouter(routes)
  const gateway = createGateway({
    generation: () => ({
      schema: currentSchema?.() ?? testSchema,
      createContext,
      router,
      hold: () => () => undefined,
    }),
    authenticate: async () => administrator,
    health: { ready: async () => ({ status: 'ok', checks: { database: 'ok' } }) },
    log,
    ...options,
    config: {
      host: '127.0.0.1',
      port: 0,
      database: { url: null, dataDirectory: '/nowhere', poolSize: 1 },
      mode: 'development',
      corsOrigins: [],
      bodyLimitBytes: 1_048_576,
      drainSeconds: 2,
      ...config,
    },
  })
  return {
    ...gateway,
    lines,
    /** A request to `/graphql` as clients send it. */
    async post(body: string | object, headers: Readonly<Record<string, string>> = {}) {
      return gateway.fetch(
        new Request('http://localhost/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-request-id': 'test-request', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      )
    },
    /** The answer to an operation. */
    async query(query: string, variables?: object, operationName?: string) {
      const response = await this.post({ query, variables, operationName })
      return response.json()
    },
    /** A listening gateway that has to be closed: `await using`. */
    async listening() {
      const listening = await gateway.listen()
      return { ...listening, [Symbol.asyncDispose]: () => listening.close() }
    },
  }
}
