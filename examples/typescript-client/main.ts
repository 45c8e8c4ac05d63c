/** Lists customers, creates one, handles what is refused, follows its timeline, deletes it. See README.md. */
import { randomUUID } from 'node:crypto'
import { type Client, createClient } from './client.ts'
import { allCustomers, createCustomer, deleteCustomer, type Submitted } from './customers.ts'
import { NoAnswer, RequestRefused } from './errors.ts'
import { followTimeline } from './timeline.ts'

const print = (text: string): void => void process.stdout.write(`${text}\n`)

async function listFirst(client: Client, most: number): Promise<void> {
  let listed = 0
  for await (const { name, owner, opportunities } of allCustomers(client, { pageSize: 5 })) {
    print(`${name}, of ${owner?.name ?? 'nobody'}; open opportunities: ${opportunities.totalCount}`)
    listed += 1
    if (listed === most) return
  }
  if (listed === 0) print('There are none.')
}

/** Prints what is wrong, each message beside its field. */
function printRefusal(submitted: Submitted): void {
  if (submitted.kind === 'done') throw new Error(`${submitted.id} was written, and should not have been.`)
  for (const [field, messages] of Object.entries(submitted.messages))
    for (const message of messages) print(`${field || 'the form'}: ${message}`)
}

async function follow(client: Client, customer: string, milliseconds: number): Promise<void> {
  let told = 0
  const signal = AbortSignal.timeout(milliseconds)
  for await (const event of followTimeline(client, customer, { every: 500, signal })) {
    print(`${event.occurredAt}  ${event.type}  by ${event.createdBy?.name ?? 'nobody'}`)
    told += 1
  }
  if (told === 0) print('Nothing has happened to it.')
}

async function main(client: Client): Promise<void> {
  print('The first twelve customers, five a page:')
  await listFirst(client, 12)

  print('\nA form with two mistakes:')
  printRefusal(await createCustomer(client, { name: '', email: 'nobody' }, randomUUID()))

  print('\nThe form, mended, and sent twice, as if the first answer had got lost:')
  const key = randomUUID()
  const input = { name: `Example ${key}`, industry: 'retail' }
  const first = await createCustomer(client, input, key)
  const second = await createCustomer(client, input, key)
  if (first.kind !== 'done' || second.kind !== 'done')
    throw new Error(`The customer was refused: ${JSON.stringify([first, second])}`)
  print(first.id === second.id ? `one customer, ${first.id}` : 'two customers, which should not be')

  print('\nIts timeline, for two seconds:')
  await follow(client, first.id, 2000)

  print('\nDeleted, so that nothing stays of the example:')
  const deletion = { id: first.id, expectedVersion: first.version }
  const deleted = await deleteCustomer(client, deletion, randomUUID())
  print(deleted.kind === 'done' ? `${deleted.id}, version ${deleted.version}` : JSON.stringify(deleted))
}

/** What to do about it, where it is known. */
function adviceOn(error: RequestRefused | NoAnswer): string {
  if (error instanceof NoAnswer) return 'Is a gateway running? npm start makes one; TRELLIS_URL says where.'
  if (error.code === 'UNAUTHENTICATED')
    return 'npm start prints a key for each role; put one into TRELLIS_KEY, or none on the same machine.'
  return `The log of the gateway has it under the request id ${error.requestId ?? '(none)'}.`
}

const url = process.env['TRELLIS_URL'] || 'http://127.0.0.1:4000/graphql'
try {
  await main(createClient({ url, key: process.env['TRELLIS_KEY'] || null }))
} catch (error) {
  if (!(error instanceof RequestRefused) && !(error instanceof NoAnswer)) throw error
  process.stderr.write(`${error.message}\n${adviceOn(error)}\n`)
  process.exitCode = 1
}
