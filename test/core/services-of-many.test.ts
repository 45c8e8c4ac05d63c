import { type Context, type Rights, type Services, TrellisError } from '@trellis/sdk'
import { createTestGateway, fieldsAt, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { parse } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCursors } from '../../src/entity/index.ts'
import { createContexts } from '../../src/gateway/context/index.ts'
import { entities } from './fixtures/entities.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Sees everything and writes own records, as no role of the core does. */
const rightsOf = ({ id }: { readonly id: string }): Rights => ({
  read: entity => ({ entity, rows: { kind: 'all' }, fields: 'all' }),
  assert(action, { entity, ownerId }) {
    if (ownerId !== id) throw new TrellisError('FORBIDDEN', `You may not ${action} this ${entity}.`)
  },
})

/** What services answer in a mutation of the agent, as a module calls them there. */
function mutate(work: (services: Services) => unknown): Promise<unknown> {
  const { createContext, runnerOf } = createContexts({
    schema: gateway.trellis.schema,
    database: gateway.trellis.database,
    entities,
    domains: [],
    cursors: createCursors('secret'),
    rightsOf,
    settings: { attachments: { limitBytes: 1, types: [] } },
    now: () => new Date('2026-03-01T12:00:00Z'),
  })
  const context: Context = createContext({
    viewer: { id: gateway.userIds.agent, name: 'Ben Okafor', role: 'AGENT', teamId: null },
    requestId: 'of-a-test',
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    request: { headers: new Headers() },
    document: parse('mutation { anything }'),
    operationName: null,
    variables: {},
  })
  const runner = runnerOf(context)
  if (!runner) throw new Error('A mutation has a runner.')
  return runner.run('anything', ({ services }) => work(services))
}

const create = (name: string, as: 'administrator' | 'agent') => gateway.create('customer', { name }, { as })
const read = async (ids: readonly unknown[], fields: string) =>
  listAt(
    await gateway.data(`query ($ids: [ID!]!) { customersByIds(ids: $ids) { ${fields} } }`, { ids }),
    'customersByIds',
  )
const errorsOf = (answer: unknown): readonly string[] =>
  listAt(answer, 'userErrors').map(error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}`)

describe('a record that the viewer may see, but not write', () => {
  const [own, other] = [() => create('Of Ben', 'agent'), () => create('Of Ada', 'administrator')]

  test('fails the mutation that is about it alone', async () => {
    const id = await other()
    await expect(mutate(({ customers }) => customers.update({ id }))).rejects.toThrow('You may not update')
  })

  test('is refused as one of many, and with ABORT the others are not written either', async () => {
    const items = [await own(), await other()].map(id => ({ id, expectedVersion: 7 }))
    const answer = await mutate(({ customers }) => customers.bulkUpdate({ items }))
    expect(errorsOf(answer)).toEqual([
      'STALE_VERSION input.items.0.expectedVersion',
      'FORBIDDEN input.items.1.id',
    ])
  })

  test('is left out with SKIP, and the others are written', async () => {
    const items = [await other(), await own()].map(id => ({ id }))
    const skip = { items, errorPolicy: 'SKIP' } as const
    const answers = [
      await mutate(({ customers }) => customers.bulkUpdate({ ...skip })),
      await mutate(({ customers }) => customers.bulkDelete({ ...skip })),
      await mutate(({ customers }) => customers.bulkRestore({ ...skip })),
    ]
    expect(answers.map(answer => fieldsAt(answer, 'results', 'status'))).toEqual([
      ['REFUSED', 'UPDATED'],
      ['REFUSED', 'DELETED'],
      ['REFUSED', 'RESTORED'],
    ])
    expect(answers.map(errorsOf)).toEqual(answers.map(() => ['FORBIDDEN input.items.0.id']))
    expect(
      await read(
        items.map(({ id }) => id),
        'version',
      ),
    ).toEqual([{ version: 1 }, { version: 4 }])
  })

  test('is refused by its external id', async () => {
    const items = [{ externalId: '1', name: 'Imported' }]
    const bulk =
      'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "erp", items: $items }) { results { id } } }'
    await gateway.data(bulk, { items })
    const changed = [{ externalId: '1', name: 'Changed' }]
    const answer = await mutate(({ customers }) => customers.bulkUpsert({ system: 'erp', items: changed }))
    expect(errorsOf(answer)).toEqual(['FORBIDDEN input.items.0.externalId'])
  })
})

describe('setMany', () => {
  test('writes stored fields of many records, each to values of its own', async () => {
    const ids = [await create('A', 'agent'), await create('B', 'agent')]
    const answer = await mutate(({ customers }) =>
      customers.setMany(
        ids.map((id, index) => ({
          id,
          values: index === 0 ? { phone: '1' } : { rating: 'HOT', name: 'Bee' },
        })),
      ),
    )
    expect(answer).toEqual({ results: ids.map(id => ({ id, status: 'UPDATED' })), userErrors: [] })
    expect(await read(ids, 'name phone rating version')).toEqual([
      { name: 'A', phone: '1', rating: null, version: 2 },
      { name: 'Bee', phone: null, rating: 'HOT', version: 2 },
    ])
  })

  test('refuses by the paths that it is given', async () => {
    const ids = [await create('C', 'agent'), await create('D', 'agent')]
    const items = ids.map((id, index) => ({
      id,
      expectedVersion: index,
      values: { phone: '1' },
      path: ['input', 'ids', String(index)],
    }))
    const stale = ['STALE_VERSION input.ids.0.expectedVersion']
    expect(errorsOf(await mutate(({ customers }) => customers.setMany(items)))).toEqual(stale)
    const skipped = await mutate(({ customers }) => customers.setMany(items, { errorPolicy: 'SKIP' }))
    expect(errorsOf(skipped)).toEqual(stale)
    expect(fieldsAt(skipped, 'results', 'status')).toEqual(['REFUSED', 'UPDATED'])
  })

  test('of nothing does nothing', async () => {
    const nothing = () => mutate(({ customers }) => customers.setMany([]))
    expect(await nothing()).toEqual({ results: [], userErrors: [] })
  })
})

describe('insert', () => {
  test('creates records that clients do not write, whoever asks', async () => {
    const opportunityId = await gateway.create('opportunity', { name: 'Boxes' })
    const answer = await gateway.data('{ pipelineStages(first: 2) { nodes { id } } }')
    const visits = fieldsAt(answer, 'pipelineStages.nodes', 'id').map((stageId, index) => ({
      opportunityId,
      stageId: String(stageId),
      enteredAt: new Date(`2026-01-0${index + 1}T00:00:00Z`),
      ...(index === 1 && { leftAt: new Date('2026-01-03T00:00:00Z') }),
    }))
    const ids = await mutate(({ stageHistories }) =>
      stageHistories.insert(visits.map(values => ({ values }))),
    )
    const found = await gateway.data(
      'query ($ids: [ID!]!) { stageHistoriesByIds(ids: $ids) { version stage { id } enteredAt leftAt createdBy { id } } }',
      { ids },
    )
    expect(valueAt(found, 'stageHistoriesByIds')).toEqual(
      visits.map(({ stageId, enteredAt, leftAt = null }) => ({
        version: 1,
        stage: { id: stageId },
        enteredAt: enteredAt.toISOString(),
        leftAt: leftAt && leftAt.toISOString(),
        createdBy: { id: gateway.userIds.agent },
      })),
    )
  })

  test('keeps to the rules, and to the right to create what clients create as well', async () => {
    const before = await gateway.rowsIn('Customer')
    const insert = (...values: readonly { readonly name: string; readonly ownerId?: string }[]) =>
      mutate(({ customers }) =>
        customers.insert(values.map(item => ({ values: item, path: ['input', item.name] }))),
      )
    expect(errorsOf(await insert({ name: 'Sound' }, { name: '' }))).toEqual(['REQUIRED input..name'])
    expect(errorsOf(await insert({ name: 'Theirs', ownerId: gateway.userIds.administrator }))).toEqual([
      'FORBIDDEN input.Theirs',
    ])
    expect(await gateway.rowsIn('Customer')).toBe(before)
    const [id] = listAt({ ids: await insert({ name: 'Own' }) }, 'ids')
    expect(await read([id], 'name owner { id }')).toEqual([
      { name: 'Own', owner: { id: gateway.userIds.agent } },
    ])
  })
})
