import {
  type AskOptions,
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
const agent: AskOptions = { as: 'agent' }

beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

let serial = 0
const word = () => `word ${(serial += 1)}`
const customer = (options?: AskOptions) => gateway.create('customer', { name: 'Harbor Foods' }, options)
const tag = (name = word()) => gateway.create('tag', { name })

type Input = Readonly<Record<string, unknown>>

const add = async (input: Input, options?: AskOptions) =>
  valueAt(
    await gateway.data(
      'mutation ($input: TagsAddInput!) { done: tagsAdd(input: $input) { added taggings { target { id } tag { name } } userErrors { code message path } } }',
      { input },
      options,
    ),
    'done',
  )

const remove = async (input: Input, options?: AskOptions) =>
  valueAt(
    await gateway.data(
      'mutation ($input: TagsRemoveInput!) { done: tagsRemove(input: $input) { removed taggings { target { id } tag { name } deletedAt } userErrors { code path } } }',
      { input },
      options,
    ),
    'done',
  )

const marks = (answer: unknown) =>
  fieldsAt(answer, 'taggings', 'tag').map((_, index) => [
    textAt(answer, `taggings.${index}.target.id`),
    textAt(answer, `taggings.${index}.tag.name`),
  ])

const problems = (answer: unknown) =>
  fieldsAt(answer, 'userErrors', 'code').map(
    (code, index) => `${String(code)} ${listAt(answer, `userErrors.${index}.path`).join('.')}`,
  )

const tagsOf = async (id: string, options?: AskOptions) =>
  fieldsAt(
    await gateway.data(
      'query ($id: ID!) { node(id: $id) { ... on Target { tags(orderBy: { field: NAME }) { nodes { name } } } } }',
      { id },
      options,
    ),
    'node.tags.nodes',
    'name',
  )

describe('tags are added', () => {
  test('by their ids and by their words, to records of any type, each to each', async () => {
    const [first, second, third] = [word(), word(), word()]
    const targetIds = [
      await customer(),
      await gateway.create('product', { sku: word(), name: 'GTX', price: '1' }),
    ]
    const answer = await add({
      targetIds,
      tagIds: [await tag(first), await tag(second)],
      names: [third, ` ${third} `],
    })
    expect(answer).toMatchObject({ added: 6, userErrors: [] })
    expect(marks(answer)).toEqual(targetIds.flatMap(id => [first, second, third].map(name => [id, name])))
    for (const id of targetIds) expect(await tagsOf(id)).toEqual([first, second, third].toSorted())
  })

  test('twice, which changes nothing', async () => {
    const targetIds = [await customer()]
    const names = [word(), word()]
    await add({ targetIds, names: [names[0]] })
    const before = await gateway.rowsIn('OutboxEvent')
    const again = await add({ targetIds, names: [names[0]] })
    expect(again).toMatchObject({ added: 0, userErrors: [] })
    expect(marks(again)).toEqual([[targetIds[0], names[0]]])
    expect(await gateway.rowsIn('OutboxEvent')).toBe(before)
    expect(await add({ targetIds, names })).toMatchObject({ added: 1 })
  })

  test('by two at once, of a word that there was not', async () => {
    const [name, id] = [word(), await customer()]
    const answers = await Promise.all([1, 2, 3].map(() => add({ targetIds: [id], names: [name] })))
    expect(answers.map(answer => String(valueAt(answer, 'added'))).toSorted()).toEqual(['0', '0', '1'])
    expect(await tagsOf(id)).toEqual([name])
  })

  test('and taken off: what is not there is no error', async () => {
    const [a, b] = [await customer(), await customer()]
    const name = word()
    await add({ targetIds: [a], names: [name] })
    const answer = await remove({ targetIds: [a, b], names: [name, 'never used'] })
    expect(answer).toMatchObject({
      removed: 1,
      userErrors: [],
      taggings: [{ deletedAt: '2026-03-01T12:00:00.000Z' }],
    })
    expect(await tagsOf(a)).toEqual([])
    expect(await remove({ targetIds: [a], names: [name] })).toMatchObject({ removed: 0, userErrors: [] })
    // And may be put on again.
    expect(await add({ targetIds: [a], names: [name] })).toMatchObject({ added: 1 })
    expect(await tagsOf(a)).toEqual([name])
  })

  test('all or none: what is wrong is said at once', async () => {
    const [target, gone, deletedTag] = [await customer(), await customer(), await tag('gone word')]
    await gateway.refusals('customerDelete', { id: gone })
    await gateway.refusals('tagDelete', { id: deletedTag })
    const before = await gateway.rowsIn('Tagging')
    const targets = await add({ targetIds: [target, gone, 'nonsense', deletedTag], names: [word()] })
    expect(problems(targets)).toEqual([1, 2, 3].map(index => `NOT_FOUND input.targetIds.${index}`))
    const tags = await add({
      targetIds: [target],
      tagIds: [deletedTag, target],
      names: ['', 'gone word', word()],
    })
    expect(problems(tags)).toEqual([
      'NOT_FOUND input.tagIds.0',
      'NOT_FOUND input.tagIds.1',
      'REQUIRED input.names.0',
      'DELETED input.names.1',
    ])
    const tooLong = await add({ targetIds: [target], names: ['x'.repeat(101)] })
    expect(problems(tooLong)).toEqual(['TOO_LONG input.names.0.name'])
    expect(await gateway.rowsIn('Tagging')).toBe(before)
  })

  test('within bounds', async () => {
    const codes = async (input: Input) =>
      codesOf(
        await gateway.ask('mutation ($input: TagsAddInput!) { tagsAdd(input: $input) { added } }', { input }),
      )
    const ids = Array.from({ length: 501 }, () => 'cus_01k0000000e00800000000zzzz')
    expect(await codes({ targetIds: [] })).toEqual(['BAD_INPUT'])
    expect(await codes({ targetIds: ids.slice(0, 1) })).toEqual(['BAD_INPUT'])
    expect(await codes({ targetIds: ids, names: ['a', 'b'] })).toEqual(['BAD_INPUT'])
    expect(await codes({ targetIds: ids.slice(0, 1), names: Array(101).fill('a') })).toEqual(['BAD_INPUT'])
  })

  test('to many records in as many statements as to two', async () => {
    const make = (howMany: number) => Promise.all(Array.from({ length: howMany }, () => customer()))
    const count = async (mutation: typeof add, targetIds: readonly string[], names: readonly string[]) =>
      (await gateway.statementsOf(() => mutation({ targetIds, names }))).length
    const [few, many] = [await make(2), await make(30)]
    const words = Array.from({ length: 20 }, word)
    // New words take some more, however many they are.
    const [fresh, others] = [words.slice(0, 2), words.slice(2)]
    expect(await count(add, many, others)).toBe(await count(add, few, fresh))
    expect(await count(add, many, fresh)).toBe(await count(add, few, others))
    expect(await count(remove, many, words)).toBe(await count(remove, few, words))
    expect(await count(add, many, words)).toBeLessThan(25)
  })

  test('with a dry run, nothing is', async () => {
    const [before, id] = [await gateway.rowsIn('Tag'), await customer()]
    const mutation = 'mutation ($input: TagsAddInput!) @dryRun { tagsAdd(input: $input) { added } }'
    const input = { targetIds: [id], names: [word()] }
    expect(await gateway.data(mutation, { input })).toEqual({ tagsAdd: { added: 1 } })
    expect(await gateway.rowsIn('Tag')).toBe(before)
  })
})

describe('a tagging of its own', () => {
  test('is refused the second time, with the id of the tag', async () => {
    const tagId = await tag()
    const input = { targetId: await customer(), tagId }
    const id = await gateway.create('tagging', input)
    const answer = await gateway.data(
      'mutation ($input: TaggingCreateInput!) { taggingCreate(input: $input) { tagging { id } userErrors { code message path } } }',
      { input },
    )
    expect(valueAt(answer, 'taggingCreate.userErrors')).toEqual([
      {
        code: 'TAKEN',
        message: `tagId is "${tagId}", which another Tagging of the same targetId has.`,
        path: ['input', 'tagId'],
      },
    ])
    await gateway.refusals('taggingDelete', { id })
    await gateway.create('tagging', input)
    expect(await gateway.refusals('taggingRestore', { id })).toEqual(['TAKEN input.id'])
  })

  test('is refused in a bulk that has it twice', async () => {
    const input = { targetId: await customer(), tagId: await tag() }
    expect(await gateway.refusals('taggingBulkCreate', { items: [input, input] })).toEqual([
      'TAKEN input.items.1.tagId',
    ])
  })
})

describe('by rights, an agent', () => {
  test('marks own records with tags that there are, and makes none', async () => {
    const [own, name] = [await customer(agent), word()]
    await tag(name)
    expect(await add({ targetIds: [own], names: [name] }, agent)).toMatchObject({ added: 1 })
    expect(await tagsOf(own, agent)).toEqual([name])
    const unknown = await add({ targetIds: [own], names: [name, 'brand new'] }, agent)
    expect(problems(unknown)).toEqual(['NOT_FOUND input.names.1'])
    expect(textAt(unknown, 'userErrors.0.message')).toBe(
      'There is no tag "brand new", and you may not make one.',
    )
    expect(await remove({ targetIds: [own], names: [name] }, agent)).toMatchObject({ removed: 1 })
  })

  test('neither marks nor unmarks records of others, nor those that are only read', async () => {
    const [hidden, shown] = [await customer(), await gateway.create('campaign', { name: 'Spring' })]
    const name = word()
    await add({ targetIds: [hidden, shown], names: [name] })
    for (const mutation of [add, remove])
      expect(problems(await mutation({ targetIds: [hidden, shown], names: [name] }, agent))).toEqual([
        'NOT_FOUND input.targetIds.0',
        'FORBIDDEN input.targetIds.1',
      ])
    expect(await tagsOf(shown, agent)).toEqual([name])
    expect(await tagsOf(hidden)).toEqual([name])
  })

  test('finds by tags the records that are seen, and counts no others', async () => {
    const name = word()
    const [own, other] = [await customer(agent), await customer()]
    await add({ targetIds: [own, other], names: [name] })
    const query = `query ($name: String) {
      customers(filter: { tags: { some: { name: { eq: $name } } } }, orderBy: { field: CREATED_AT }) {
        totalCount nodes { id tags { totalCount nodes { name } } }
      }
      tags(filter: { name: { eq: $name } }) { nodes { taggings { totalCount nodes { target { id } } } } }
    }`
    const seen = (ids: readonly string[]) => ({
      customers: {
        totalCount: ids.length,
        nodes: ids.map(id => ({ id, tags: { totalCount: 1, nodes: [{ name }] } })),
      },
      tags: {
        nodes: [
          { taggings: { totalCount: ids.length, nodes: ids.toReversed().map(id => ({ target: { id } })) } },
        ],
      },
    })
    expect(await gateway.data(query, { name })).toEqual(seen([own, other]))
    expect(await gateway.data(query, { name }, agent)).toEqual(seen([own]))
  })
})

test('records are found by their tags, and tags listed on twenty of them, in one statement', async () => {
  const [vip, lost] = [word(), word()]
  const marked: string[] = []
  for (let made = 0; made < 20; made += 1) marked.push(await customer(agent))
  await add({ targetIds: marked, names: [vip] })
  await add({ targetIds: marked.slice(0, 5), names: [lost] })
  const query = `query ($filter: CustomerFilter) {
    customers(filter: $filter, first: 20) { nodes { id tags(orderBy: { field: CREATED_AT }) { nodes { name color } } } }
  }`
  const ask = async (filter: Input, options?: AskOptions) => {
    let answer: unknown
    const statements = await gateway.statementsOf(
      async () => (answer = await gateway.data(query, { filter }, options)),
    )
    expect(statements).toHaveLength(1)
    return fieldsAt(answer, 'customers.nodes', 'tags').map(tags =>
      fieldsAt(tags, 'nodes', 'name').map(String).toSorted(),
    )
  }
  const by = (name: string) => ({ tags: { some: { name: { eq: name } } } })
  for (const options of [{}, agent]) {
    expect(await ask(by(vip), options)).toHaveLength(20)
    expect(await ask(by(lost), options)).toEqual(Array.from({ length: 5 }, () => [vip, lost].toSorted()))
    const without = { and: [by(vip), { tags: { none: { name: { eq: lost } } } }] }
    expect(await ask(without, options)).toEqual(Array.from({ length: 15 }, () => [vip]))
  }
  await gateway.refusals('tagDelete', {
    id: textAt(
      await gateway.data('query ($name: String) { tags(filter: { name: { eq: $name } }) { nodes { id } } }', {
        name: lost,
      }),
      'tags.nodes.0.id',
    ),
  })
  expect(await ask(by(lost))).toEqual([])
})
