/** Starts a gateway and two remote services, tells the gateway of them, and prints what to ask. Ends with Ctrl+C. */
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startExample } from './start-example.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const portOf = (variable: string, otherwise: number): number => Number(process.env[variable] || otherwise)

/** Kept, so that the next start is faster; to be removed whenever nothing runs. */
const directory = process.env['TRELLIS_DATA'] || join(import.meta.dirname, '.trellis')
await mkdir(directory, { recursive: true })

const left = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await using example = await startExample({
  directory,
  ports: {
    gateway: portOf('PORT', 4000),
    reviews: portOf('REVIEWS_PORT', 4001),
    ratings: portOf('CREDIT_RATING_PORT', 4002),
  },
  say,
})
say(`
GraphiQL is at ${example.endpoint}

Ask there:

${example.query}

or here:

curl -s ${example.endpoint} -H 'content-type: application/json' \\
  -d '${JSON.stringify({ query: example.query.replaceAll(/\s+/g, ' ') })}'

Ctrl+C ends all three.`)
await Promise.race([left, example.exited])
