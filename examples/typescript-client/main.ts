/** Lists customers, creates one, handles what is refused, and follows its timeline. See README.md. */
import { randomUUID } from 'node:crypto'
import { type Client, createClient, RequestRefused } from './client.ts'
import { allCustomers, createCustomer } from './customers.ts'
import { followTimeline } from './timeline.ts'

const print = (text: string): void => void process.stdout.write(`${text}\n`)

async function listFirst(client: Client, most: number): Promise<void> {
  let listed = 0
  for await (const { name, owner, opportunities } of allCustomers(client, { pageSize: 5 })) {
    print(`${name}, of ${owner?.name ?? 'nobody'}: ${opportunities.totalCount} open opportunities`)
    listed += 1
    if (listed === most) return
  }
}

async function main(client: Client): Promise<void> {
  print('The first twelve customers, five a page:')
  await listFirst(client, 12)

  print('\nA form with two mistakes:')
  const refused = await createCustomer(client, { name: '', email: 'nobody' }, randomUUID())
  if (refused.kind === 'refused')
    for (const [field, message] of Object.entries(refused.messages)) print(`${field}: ${message}`)

  print('\nThe form, mended, and sent twice because the first answer got lost:')
  const key = randomUUID()
  const input = { name: `Example ${key}`, industry: 'retail' }
  const first = await createCustomer(client, input, key)
  const second = await createCustomer(client, input, key)
  if (first.kind !== 'created' || second.kind !== 'created')
    throw new Error(`The customer was refused: ${JSON.stringify(first)}`)
  print(first.id === second.id ? `one customer, ${first.id}` : 'two customers, which should not be')

  print('\nIts timeline, for five seconds:')
  const signal = AbortSignal.timeout(5000)
  for await (const event of followTimeline(client, first.id, { every: 500, signal }))
    print(`${event.occurredAt}  ${event.type}  by ${event.createdBy?.name ?? 'nobody'}`)
}

try {
  await main(
    createClient({
      url: process.env['TRELLIS_URL'] || 'http://127.0.0.1:4000/graphql',
      key: process.env['TRELLIS_KEY'] || null,
    }),
  )
} catch (error) {
  if (!(error instanceof RequestRefused) && !(error instanceof TypeError)) throw error
  process.stderr.write(
    `${error.message}. Is a gateway running? npm start makes one; TRELLIS_URL and TRELLIS_KEY say which.\n`,
  )
  process.exitCode = 1
}
