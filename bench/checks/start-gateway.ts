import type { Extension } from '@trellis/sdk'
import { pino } from 'pino'
import { extensions as installed } from '../../extensions/index.ts'
import { parseConnectionString } from '../../src/database/connection.ts'
import { startTrellis } from '../../src/start/trellis.ts'
import { keyOf, people } from '../data/facts.ts'

/** A gateway in this process, asked without a socket. */
export async function startGateway({
  extensions = installed,
  observe,
}: {
  readonly extensions?: readonly Extension[]
  readonly observe?: (statement: string) => void
} = {}) {
  const trellis = await startTrellis({
    config: {
      host: '127.0.0.1',
      port: 0,
      mode: 'production',
      corsOrigins: [],
      bodyLimitBytes: 1_048_576,
      drainSeconds: 1,
      files: { directory: '/nowhere' },
      attachments: { limitBytes: 1, types: [] },
      eventDays: 7,
      database: { url: process.env['DATABASE_URL'] ?? '', dataDirectory: '', poolSize: 10 },
    },
    connection: parseConnectionString(process.env['DATABASE_URL'] ?? ''),
    extensions,
    keys: [{ ...people.administrator, key: keyOf('administrator') }],
    developmentViewer: null,
    log: pino({ level: 'silent' }),
    ...(observe && { observe }),
  })
  const ask = async (query: string, variables: object = {}): Promise<unknown> => {
    const response = await trellis.gateway.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${keyOf('administrator')}`,
        },
        body: JSON.stringify({ query, variables }),
      }),
    )
    const body = await response.text()
    if (body.includes('"errors"')) throw new Error(body.slice(0, 500))
    return JSON.parse(body)
  }
  return { ask, follow: trellis.follow, close: trellis.close }
}
