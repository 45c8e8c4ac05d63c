import { type Context, defineExtension } from '@trellis/sdk'
import {
  codesOf,
  createTestGateway,
  type TestGateway,
  type TestRole,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listeningExtension } from './fixtures/listening-extension.ts'
import { probingExtension } from './fixtures/probing-extension.ts'

/** Asks the probe's loader, with no scope of its own. */
const neighbour = defineExtension({
  name: 'neighbour',
  version: '1.0.0',
  dependsOn: { probe: '*' },
  permissions: { AGENT: '*' },
  typeDefs:
    'extend type Query { "By the loader of another." neighbourCount: Int "By itself." neighbourOwn: Int }',
  resolvers: {
    Query: {
      neighbourCount: (_: unknown, __: unknown, { loaders }: Context) => loaders.probe.count(),
      neighbourOwn: (_: unknown, __: unknown, { loaders }: Context) =>
        loaders.customers.list({}).totalCount(),
    },
  },
})

const probes = { granted: probingExtension(['customer:read']), refused: probingExtension([]) }
const gateways: Partial<Record<keyof typeof probes, TestGateway>> = {}
const gatewayOf = (which: keyof typeof probes): TestGateway => {
  const gateway = gateways[which]
  if (!gateway) throw new Error('It is not started yet.')
  return gateway
}

/** One customer is the agent's, the other is not. */
async function start(which: keyof typeof probes): Promise<void> {
  const gateway = await createTestGateway({
    extensions: [probes[which].extension, neighbour],
    background: true,
    retryDelaysMs: [],
  })
  gateways[which] = gateway
  await gateway.create('customer', { name: 'Theirs' })
  await gateway.create('customer', { name: 'Own', ownerId: gateway.userIds.agent })
}
beforeAll(async () => {
  await start('granted')
  await start('refused')
})
afterAll(async () => {
  for (const gateway of Object.values(gateways)) await gateway[Symbol.asyncDispose]()
})

/** What an operation comes to at the place: the figure, or the code that it is refused by. */
async function asked(gateway: TestGateway, query: string, place: string, as: TestRole): Promise<unknown> {
  const answer = await gateway.ask(query, {}, { as })
  return answer.errors ? codesOf(answer)[0] : valueAt(answer.data, place)
}

const visible = { administrator: 2, agent: 1 } as const
const roles = ['administrator', 'agent'] as const

describe.each([
  ['a resolver', '{ probeCount }', 'probeCount'],
  ["a resolver of the extension's own type", '{ probeThing { count } }', 'probeThing.count'],
  ['a batch field', '{ customers(first: 1) { nodes { probeCount } } }', 'customers.nodes.0.probeCount'],
  ['a loader', '{ probeLoaded }', 'probeLoaded'],
  ['a loader that another extension calls', '{ neighbourCount }', 'neighbourCount'],
  ['a service', 'mutation { probeServe(input: {}) { count } }', 'probeServe.count'],
  ['a service in a dry run', 'mutation @dryRun { probeServe(input: {}) { count } }', 'probeServe.count'],
])('%s', (_, query, place) => {
  test.each(roles)('sees what the %s sees, with the scope', async as => {
    expect(await asked(gatewayOf('granted'), query, place, as)).toBe(visible[as])
  })

  test.each(roles)('is refused without, for the %s as well', async as => {
    expect(await asked(gatewayOf('refused'), query, place, as)).toBe('MISSING_SCOPE')
  })
})

test.each(roles)('an extension that calls another for the %s gains nothing for its own code', async as => {
  expect(await asked(gatewayOf('granted'), '{ neighbourOwn }', 'neighbourOwn', as)).toBe('MISSING_SCOPE')
})

test('who is refused is told which extension lacks which scope, and the core answers beside it', async () => {
  const answer = await gatewayOf('refused').ask('{ probeCount customers { nodes { probeCount name } } }')
  expect(answer.data).toMatchObject({ probeCount: null, customers: { nodes: [{ probeCount: null }, {}] } })
  expect(answer.errors?.[0]).toMatchObject({
    message:
      "The extension probe may not read Customer: it does not have the scope customer:read. Add 'customer:read' to its scopes.",
    extensions: { code: 'MISSING_SCOPE', extension: 'probe', scope: 'customer:read' },
  })
})

test.each(roles)('a route for the %s is held to the scope', async as => {
  const call = async (which: keyof typeof probes) => {
    const { trellis, keys } = gatewayOf(which)
    const request = new Request('http://localhost/extensions/probe/count', {
      headers: { authorization: `Bearer ${keys[as]}` },
    })
    const response = await trellis.gateway.fetch(request)
    return response.json()
  }
  expect(await call('granted')).toEqual({ count: visible[as] })
  expect(await call('refused')).toMatchObject({ errors: [{ extensions: { code: 'MISSING_SCOPE' } }] })
})

describe('checks, effects, events and jobs', () => {
  const createContact = (gateway: TestGateway, as: TestRole) =>
    gateway.ask(
      'mutation { contactCreate(input: { lastName: "Lind" }) { contact { id } userErrors { code } } }',
      {},
      { as },
    )

  test.each(roles)(
    'see what they may with the scope, hooks for the %s and the rest for the system',
    {
      timeout: 60_000,
    },
    async as => {
      const gateway = gatewayOf('granted')
      const { noted } = probes.granted
      noted.length = 0
      expect((await createContact(gateway, as)).errors).toBeUndefined()
      await gateway.trellis.background.settle()
      await expect.poll(() => noted.length, { timeout: 30_000 }).toBe(4)
      expect(noted).toEqual([
        ['check', visible[as]],
        ['effect', visible[as]],
        ['event', 2],
        ['job', 2],
      ])
    },
  )

  test.each(roles)('are refused without, and the write of the %s with them', async as => {
    const { noted } = probes.refused
    noted.length = 0
    const answer = await createContact(gatewayOf('refused'), as)
    expect(codesOf(answer)).toEqual(['MISSING_SCOPE'])
    expect(textAt(answer, 'errors.0.message')).toContain("Add 'customer:read' to its scopes.")
    expect(noted).toEqual([['check', 'MISSING_SCOPE']])
    expect(await gatewayOf('refused').rowsIn('Contact')).toBe(0)
  })
})

test('events and jobs are held to the scopes, too, and what is missing is told to administrators', {
  timeout: 60_000,
}, async () => {
  const countSales = ({ loaders }: Pick<Context, 'loaders'>) => loaders.opportunities.list({}).totalCount()
  const { extension } = listeningExtension({
    types: ['customer.created'],
    handle: async (_, context) => {
      await context.jobs.enqueue('work')
      await countSales(context)
    },
    job: async context => void (await countSales(context)),
  })
  await using gateway = await createTestGateway({
    extensions: [extension],
    background: true,
    retryDelaysMs: [],
  })
  await gateway.create('customer', { name: 'Harbor Foods' })
  const told = async () => {
    const answer = await gateway.data('{ extensions { events { failures { error } } jobs { lastError } } }')
    return [
      valueAt(answer, 'extensions.0.events.failures.0.error'),
      valueAt(answer, 'extensions.0.jobs.0.lastError'),
    ]
  }
  const missing = expect.stringContaining("Add 'opportunity:read' to its scopes.")
  await expect.poll(told, { timeout: 30_000 }).toEqual([missing, missing])
})

test('the API says what an extension may do', async () => {
  expect(await gatewayOf('granted').data('{ extensions { name scopes } }')).toEqual({
    extensions: [
      { name: 'probe', scopes: ['contact:read', 'customer:read'] },
      { name: 'neighbour', scopes: [] },
    ],
  })
})
