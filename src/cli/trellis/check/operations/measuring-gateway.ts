import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Extension } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import { pino } from 'pino'
import { seedSampleData } from '../../../../../prisma/seed/index.ts'
import { bootstrapUsers, ensureBootstrapUsers } from '../../../../database/bootstrap-users.ts'
import { openConnection } from '../../../../database/connect.ts'
import { startTrellis } from '../../../../start/trellis.ts'
import { type Counts, createCounters } from './counters.ts'

export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[]
}

/** A gateway with the sample data on a database of its own, which tells what a query causes. */
export interface MeasuringGateway extends AsyncDisposable {
  readonly schema: GraphQLSchema
  /** The answer for an administrator, and what it took. */
  readonly ask: (query: string, variables: object) => Promise<{ answer: Answer; counts: Counts }>
}

const quiet = { info: () => undefined, warn: () => undefined }

/** Starts an embedded PostgreSQL in a temporary folder, gone at the end: no data of anybody's is touched. */
export async function startMeasuringGateway(extensions: readonly Extension[]): Promise<MeasuringGateway> {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'trellis-check-'))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  // For root, whose server runs as somebody else, who has to get in.
  await chmod(folder, 0o711)
  const { connection } = starting.use(
    await openConnection({ url: null, dataDirectory: join(folder, 'data'), log: quiet }),
  )
  const counters = starting.use(createCounters())
  const { role, email } = bootstrapUsers.administrator
  const key = randomBytes(32).toString('base64url')
  const { gateway, schema } = starting.use(
    await startTrellis({
      config: {
        host: '127.0.0.1',
        port: 0,
        mode: 'development',
        corsOrigins: [],
        bodyLimitBytes: 1_048_576,
        eventDays: 7,
        drainSeconds: 1,
        files: { directory: join(folder, 'files') },
        attachments: { limitBytes: 1_048_576, types: ['*/*'] },
        database: { url: null, dataDirectory: '', poolSize: 4 },
      },
      connection,
      extensions: extensions.map(counters.counted),
      keys: [{ role, email, key }],
      developmentViewer: null,
      log: pino({ level: 'silent' }),
      watchesPromises: false,
      followsEveryMs: null,
      schemaChecks: null,
      observe: counters.observe,
      prepare: async (database, storage) => {
        await ensureBootstrapUsers(database)
        await seedSampleData(database, { storage })
      },
    }),
  )
  const send = async (query: string, variables: object): Promise<Answer> => {
    const request = new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    })
    const answer: Answer = JSON.parse(await (await gateway.fetch(request)).text())
    return answer
  }
  const running = starting.move()
  return {
    schema,
    async ask(query, variables) {
      // Who asks is looked up once in a while: now, so that it is not counted.
      await send('{ viewer { id } }', {})
      let answer: Answer = {}
      const counts = await counters.during(async () => {
        answer = await send(query, variables)
      })
      return { answer, counts }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
