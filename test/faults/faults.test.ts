import { type Answer, createTestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faulty, intFaults, sound, thingFaults } from './faulty.ts'

/** A gateway on a socket with three customers, one that fails and one that does not. */
async function listening(limits: Parameters<typeof faulty>[0] = {}) {
  await using starting = new AsyncDisposableStack()
  const gateway = starting.use(await createTestGateway({ extensions: [faulty(limits), sound] }))
  for (const name of ['Acme', 'Broken', 'Initech']) await gateway.create('customer', { name })
  const { endpoint } = starting.use(await gateway.listen())
  const ask = async (selection: string): Promise<Answer> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.keys.administrator}` },
      body: JSON.stringify({
        query: `{ customers(orderBy: { field: NAME }) { nodes { name ${selection} soundScore soundLater } } }`,
      }),
    })
    return JSON.parse(await response.text())
  }
  const resources = starting.move()
  return { gateway, ask, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** How many calls of the faulty extension were found to have failed. */
const failuresOf = ({ gateway }: Awaited<ReturnType<typeof listening>>): number =>
  [...(gateway.trellis.supervision.supervisors.get('faulty')?.fields.values() ?? [])].reduce(
    (sum, { tally }) => sum + tally.total.failures,
    0,
  )

const others = ['Acme', 'Broken', 'Initech'].map(name => ({ name, soundScore: 7, soundLater: 8 }))
/** The second and third time operations are compiled, and answered from the socket. */
const times = [1, 2, 3, 4]
const plenty = { failures: 1000, deadlineMs: 50 }

const matrix = [
  ...Object.keys(intFaults).map(how => [how, `faulty: faultyInt(how: "${how}")`] as const),
  ...Object.keys(thingFaults).map(how => [how, `faulty: faultyThing(how: "${how}") { value }`] as const),
]

describe('an extension that', () => {
  let server: Awaited<ReturnType<typeof listening>>
  beforeAll(async () => {
    server = await listening(plenty)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test.each(matrix)('%s costs its own fields only', async (how, selection) => {
    const failuresBefore = failuresOf(server)
    for (const _ of times) {
      const { data, errors = [] } = await server.ask(selection)
      expect(valueAt(data, 'customers.nodes')).toMatchObject(others)
      expect(errors).toHaveLength(3)
      const code = how.includes('never') ? 'EXTENSION_TIMEOUT' : 'EXTENSION_FAILED'
      for (const { extensions } of errors) expect(extensions).toMatchObject({ code, extension: 'faulty' })
      expect(JSON.stringify(errors)).not.toContain('secret')
    }
    expect(failuresOf(server) - failuresBefore).toBeGreaterThanOrEqual(times.length)
  })
})

test('a text of 50 MB is not sent', async () => {
  await using server = await listening(plenty)
  for (const _ of times) {
    const { data, errors = [] } = await server.ask('faultyText')
    expect(valueAt(data, 'customers.nodes')).toMatchObject(
      others.map(other => ({ ...other, faultyText: null })),
    )
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('a text of 52428800 characters, of which 1000000 are allowed'),
      extensions: { code: 'EXTENSION_FAILED', extension: 'faulty', retryable: false },
    })
  }
})

test('errors and promises among the items cost these items only', async () => {
  await using server = await listening()
  for (const _ of times) {
    const { data, errors = [] } = await server.ask('faultyMixed')
    expect(valueAt(data, 'customers.nodes')).toMatchObject([
      { faultyMixed: 1 },
      { faultyMixed: null },
      { faultyMixed: 1 },
    ])
    expect(errors).toHaveLength(1)
  }
})
