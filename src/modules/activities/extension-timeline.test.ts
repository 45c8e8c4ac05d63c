import { defineExtension, type Services } from '@trellis/sdk'
import {
  type AskOptions,
  codesOf,
  createTestGateway,
  fieldsAt,
  type TestGateway,
  textAt,
} from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Entry = Parameters<Services['timeline']['record']>[0][number]

declare module '@trellis/sdk' {
  interface Services {
    readonly diary: { write(entries: readonly Entry[]): Promise<void> }
  }
}

/** What the mutations of the extension record; tests set it, since SDL has no such input. */
let entries: readonly Entry[] = []
const diary = defineExtension({
  name: 'diary',
  version: '1.0.0',
  scopes: ['customer:write', 'opportunity:read', 'activity:read'],
  permissions: { AGENT: '*' },
  typeDefs: `
    extend type Mutation {
      "By the resolver."
      diaryResolve(input: DiaryInput!): DiaryPayload
      "By the extension's own service."
      diaryServe(input: DiaryInput!): DiaryPayload
      "By an effect on what the core writes."
      diaryRename(input: DiaryInput!): DiaryPayload
    }
    "Of what."
    input DiaryInput {
      "The customer."
      id: ID!
    }
    "What became of it."
    type DiaryPayload {
      "Why not."
      userErrors: [UserError!]!
    }`,
  resolvers: {
    Mutation: {
      diaryResolve: async (_: unknown, __: unknown, { services }: { services: Services }) => {
        await services.timeline.record(entries)
        return { userErrors: [] }
      },
      diaryServe: async (_: unknown, __: unknown, { services }: { services: Services }) => {
        await services.diary.write(entries)
        return { userErrors: [] }
      },
      diaryRename: async (
        _: unknown,
        { input: { id } }: { input: { id: string } },
        { services }: { services: Services },
      ) => {
        await services.customers.update({ id, industry: 'renamed' })
        return { userErrors: [] }
      },
    },
  },
  services: { diary: ({ services }) => ({ write: given => services.timeline.record(given) }) },
  effects: {
    Customer: async (changes, { services }) => {
      if (changes.some(({ values }) => values.industry === 'renamed')) await services.timeline.record(entries)
    },
  },
})

let gateway: TestGateway
let customer: string
beforeAll(async () => {
  gateway = await createTestGateway({ extensions: [diary] })
  customer = await gateway.create('customer', { name: 'Told of', ownerId: gateway.userIds.agent })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const ways = ['diaryResolve', 'diaryServe', 'diaryRename'] as const
const write = (way: (typeof ways)[number], given: readonly Entry[], options?: AskOptions) => {
  entries = given
  return gateway.ask(
    `mutation ($id: ID!) { ${way}(input: { id: $id }) { userErrors { code } } }`,
    { id: customer },
    options,
  )
}
const told = async (id: string) =>
  fieldsAt(
    await gateway.data(
      'query ($id: ID!) { customer(id: $id) { timeline(orderBy: [{ field: ID }]) { nodes { type } } } }',
      { id },
    ),
    'customer.timeline.nodes',
    'type',
  )

test.each(ways)('what an extension records stands in the timeline: %s', async way => {
  const before = (await told(customer)).length
  const answer = await write(way, [{ targetId: customer, type: `diary.${way}` }])
  expect(answer.errors).toBeUndefined()
  expect((await told(customer)).slice(before)).toContain(`diary.${way}`)
})

test('what the core tells of an extension’s write is the core’s', async () => {
  const id = await gateway.create('customer', { name: 'Renamed' })
  entries = []
  await gateway.data('mutation ($id: ID!) { diaryRename(input: { id: $id }) { userErrors { code } } }', {
    id,
  })
  expect(await told(id)).toEqual(['customer.created', 'customer.updated'])
})

const good = () => ({ targetId: customer, type: 'diary.kept' })
const nobody = 'cus_01k0000000e00800000000zzzz'
test.each<[string, () => Entry, string]>([
  [
    'another’s type',
    () => ({ ...good(), type: 'opportunity.won' }),
    'type is "opportunity.won"; it has to be "diary." and what happened.',
  ],
  [
    'a name that begins like its own',
    () => ({ ...good(), type: 'diary2.kept' }),
    'type is "diary2.kept"; it has to be "diary." and what happened.',
  ],
  ['nothing behind the dot', () => ({ ...good(), type: 'diary.' }), 'type is "diary."; it has to be'],
  [
    'a long type',
    () => ({ ...good(), type: `diary.${'x'.repeat(95)}` }),
    'type has 101 characters; 100 are allowed.',
  ],
  [
    'a long title',
    () => ({ ...good(), title: 'x'.repeat(201) }),
    'title has 201 characters; 200 are allowed.',
  ],
  [
    'much data',
    () => ({ ...good(), data: { note: 'é'.repeat(4995) } }),
    'data has 10001 bytes as JSON; 10000 are allowed.',
  ],
  [
    'no target',
    () => ({ ...good(), targetId: nobody }),
    `targetId is "${nobody}"; no record that has a timeline`,
  ],
  ['what has no timeline', () => ({ ...good(), targetId: gateway.userIds.agent }), 'targetId is "usr_'],
  ['no related record', () => ({ ...good(), relatedId: nobody }), `relatedId is "${nobody}"; no record`],
  [
    'no activity',
    () => ({ ...good(), activityId: 'act_01k0000000e00800000000zzzz' }),
    'activityId is "act_01k0000000e00800000000zzzz"; no activity has this id',
  ],
])('%s is refused by name, and nothing is written', async (_, entry, message) => {
  const before = await gateway.rowsIn('TimelineEvent')
  for (const way of ways) {
    const answer = await write(way, [good(), entry()])
    expect(codesOf(answer)).toEqual(['BAD_INPUT'])
    expect(textAt(answer, 'errors.0.message')).toContain(`services.timeline.record: ${message}`)
  }
  expect(await gateway.rowsIn('TimelineEvent')).toBe(before)
})

test('the longest that is allowed is written', async () => {
  const answer = await write('diaryServe', [
    {
      targetId: customer,
      type: `diary.${'x'.repeat(94)}`,
      title: 'x'.repeat(200),
      data: { note: 'x'.repeat(9989) },
    },
  ])
  expect(answer.errors).toBeUndefined()
})

test('a record that the viewer may not see has no timeline to write to', async () => {
  const hidden = await gateway.create('customer', { name: 'Of Ada' })
  const entry = { targetId: hidden, type: 'diary.kept' }
  expect(codesOf(await write('diaryServe', [entry], { as: 'agent' }))).toEqual(['BAD_INPUT'])
  expect(codesOf(await write('diaryServe', [good()], { as: 'agent' }))).toEqual([])
  expect(codesOf(await write('diaryServe', [entry]))).toEqual([])
})

test('many entries take as many statements as one', async () => {
  const count = async (many: number) =>
    (
      await gateway.statementsOf(() =>
        write(
          'diaryServe',
          Array.from({ length: many }, (_, index) => ({ ...good(), type: `diary.n${index}` })),
        ),
      )
    ).length
  expect(await count(50)).toBe(await count(1))
})
