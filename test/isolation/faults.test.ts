import { performance } from 'node:perf_hooks'
import {
  type Answer,
  codesOf,
  createTestGateway,
  fieldsAt,
  type TestGateway,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering } from './fixtures/answering.ts'
import { fragile } from './fixtures/fragile.ts'
import { until } from './fixtures/until.ts'

let gateway: TestGateway
let early: Answer
const lines: string[] = []
beforeAll(async () => {
  gateway = await createTestGateway({ extensions: [fragile], logLines: lines })
  const input = {
    items: Array.from({ length: 1000 }, (_, index) => ({ name: `Customer ${index}` })),
  }
  early = await gateway.ask('{ viewer { name } fragilePrint(text: "early") }')
  for (let at = 0; at < 1000; at += 100)
    await gateway.data(
      'mutation ($input: CustomerBulkCreateInput!) { customerBulkCreate(input: $input) { userErrors { code } } }',
      { input: { items: input.items.slice(at, at + 100) } },
    )
  await answering(gateway, ['fragile'])
}, 240_000)
afterAll(() => gateway[Symbol.asyncDispose](), 60_000)

const customers = () => gateway.ask('{ customers(first: 2) { nodes { name fragileName } } }')
const isWhole = (answer: Answer): boolean =>
  answer.errors === undefined && typeof valueAt(answer.data, 'customers.nodes.0.fragileName') === 'string'

const unavailable = new Set(['EXTENSION_UNAVAILABLE', 'EXTENSION_TIMEOUT'])

/** While the process is not there: names are answered, the extension's fields are null and say why. Then it is back. */
async function outlive(what: string): Promise<void> {
  const codes = new Set<unknown>()
  await until(`the process is back after ${what}`, async () => {
    const answer = await customers()
    expect(valueAt(answer.data, 'customers.nodes.0.name')).toMatch(/^Customer/)
    for (const code of codesOf(answer)) codes.add(code)
    return isWhole(answer)
  })
  for (const code of codes) expect(unavailable).toContain(code)
}

test('a gateway serves at once, while the process is starting', () => {
  expect(early.data).toEqual({ viewer: { name: 'Ada Lindqvist' }, fragilePrint: null })
  expect(codesOf(early)).toEqual(['EXTENSION_UNAVAILABLE'])
})

test('killed, it answers null at once, and is started again', async () => {
  const before = gateway.trellis.pidOf('fragile')
  expect(isWhole(await customers())).toBe(true)
  process.kill(Number(before), 'SIGKILL')
  const began = performance.now()
  const answer = await customers()
  expect(performance.now() - began).toBeLessThan(2500)
  expect(codesOf(answer)).toEqual(['EXTENSION_UNAVAILABLE', 'EXTENSION_UNAVAILABLE'])
  expect(valueAt(answer.data, 'customers.nodes.0')).toMatchObject({ fragileName: null })
  const { schema } = gateway.trellis
  await outlive('kill -9')
  expect(gateway.trellis.pidOf('fragile')).not.toBe(before)
  expect(gateway.trellis.schema).toBe(schema)
  const [told] = lines.filter(line => line.includes('it is started again')).map(line => JSON.parse(line))
  expect(told).toMatchObject({ extension: 'fragile', signal: 'SIGKILL' })
  expect(told.waitMs).toBeGreaterThan(180)
}, 240_000)

test.each([
  ['that exits', 'fragileExit'],
  ['that blocks its event loop', 'fragileBlock'],
  ['that exhausts its memory', 'fragileHoard'],
])(
  'one %s costs its own field, and is started again',
  async (what, name) => {
    const before = gateway.trellis.pidOf('fragile')
    const answer = await gateway.ask(`{ viewer { name } ${name} }`)
    expect(answer.data).toEqual({ viewer: { name: 'Ada Lindqvist' }, [name]: null })
    for (const code of codesOf(answer)) expect(unavailable).toContain(code)
    await until('it has another process', () => {
      const now = gateway.trellis.pidOf('fragile')
      return now !== null && now !== before
    })
    await outlive(what)
  },
  120_000,
)

test('killed under a subscription, its client is told to come again', async () => {
  const response = await gateway.trellis.gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.keys.administrator}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: 'subscription { fragileWait }' }),
    }),
  )
  let told = ''
  for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    if (!told.includes('"fragileWait":1') && piece.includes('"fragileWait":1'))
      process.kill(Number(gateway.trellis.pidOf('fragile')), 'SIGKILL')
    told += piece
  }
  const [, error] = [...told.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data))
  expect(error.errors).toMatchObject([
    { extensions: { code: 'EXTENSION_UNAVAILABLE', extension: 'fragile', retryable: true } },
  ])
  await outlive('kill -9')
}, 240_000)

test('requests and statements are as many for fifty records and for a hundred', async () => {
  const executed: number[] = []
  for (const first of [100, 100, 50]) {
    const answer = await gateway.data(
      'query ($first: Int!) { customers(first: $first) { nodes { fragileName fragileCalls } } }',
      { first },
    )
    const nodes = valueAt(answer, 'customers.nodes')
    executed.push(Number(valueAt(nodes, '0.fragileCalls')))
  }
  // All records of a level are one call of `batch`, however many.
  expect(executed).toEqual([100, 100, 50])
  const statements = await gateway.statementsOf(() => customers())
  expect(statements).toHaveLength(1)
  const many = `query { ${Array.from({ length: 10 }, (_, index) => `p${index}: customers(first: 100, filter: { name: { startsWith: "Customer ${index}" } }) { nodes { fragileName } }`).join(' ')} }`
  const answer = await gateway.data(many)
  expect(fieldsAt(answer, 'p9.nodes', 'fragileName')[0]).toMatch(/remotsuC$/)
})

test('what it prints is in the log under its name', async () => {
  await gateway.data('{ fragilePrint(text: "hello from below") }')
  await until('the line is there', () => lines.some(line => line.includes('hello from below')))
  expect(lines.find(line => line.includes('hello from below'))).toContain('"extension":"fragile"')
})
