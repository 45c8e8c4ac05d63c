/** The real gateway, put together as `src/serve.ts` does; EXTENSIONS says which are installed. */
import { pino } from 'pino'
import { parseConnectionString } from '../../../src/database/connection.ts'
import { startTrellis } from '../../../src/start/trellis.ts'
import { keyOf, people } from '../../data/facts.ts'
import { extensionSets } from './extensions.ts'

const chosen = process.env['EXTENSIONS'] ?? 'installed'
const extensions = extensionSets[chosen]?.()
if (!extensions)
  throw new Error(`EXTENSIONS is "${chosen}"; allowed are ${Object.keys(extensionSets).join(', ')}.`)

const log = pino({ level: 'warn' }, pino.destination(2))
const trellis = await startTrellis({
  config: {
    host: '127.0.0.1',
    port: 0,
    mode: 'production',
    corsOrigins: [],
    bodyLimitBytes: 10_485_760,
    drainSeconds: 1,
    files: { directory: '/nowhere' },
    attachments: { limitBytes: 1, types: [] },
    eventDays: 7,
    database: {
      url: process.env['DATABASE_URL'] ?? '',
      dataDirectory: '',
      poolSize: Number(process.env['POOL_SIZE'] ?? 10),
    },
  },
  connection: parseConnectionString(process.env['DATABASE_URL'] ?? ''),
  extensions,
  keys: (['administrator', 'agent'] as const).map(person => ({
    role: people[person].role,
    email: people[person].email,
    key: keyOf(person),
  })),
  developmentViewer: null,
  log,
})
for (const { name, status, problems } of trellis.composition.extensions)
  if (status !== 'ENABLED') throw new Error(`${name} is ${status}: ${JSON.stringify(problems)}`)
const listening = await trellis.gateway.listen()
process.stdout.write(`${JSON.stringify({ url: `${listening.url}/graphql` })}\n`)
process.once('SIGTERM', () => process.exit())
