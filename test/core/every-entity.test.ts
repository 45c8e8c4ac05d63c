import {
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entityOf } from '../../src/entity/definition.ts'
import { entities, writable } from './fixtures/entities.ts'
import { createSamples, type Samples } from './fixtures/samples.ts'

let gateway: TestGateway
let samples: Samples
beforeAll(async () => {
  gateway = await createTestGateway()
  samples = createSamples(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

const absent = (prefix: string): string => `${prefix}_01k0000000e00800000000zzzz`

describe.each([...entities.values()])('$name', entity => {
  const { name, singular, plural, idPrefix } = entity

  test('is read by its id, which names its type', async () => {
    const id = await samples.make(entity)
    const query = `query ($id: ID!) { one: ${singular}(id: $id) { id } node(id: $id) { __typename id ... on Entity { version } } }`
    expect(await gateway.data(query, { id })).toEqual({
      one: { id },
      node: { __typename: name, id, version: 1 },
    })
  })

  test('answers null for an id that there is not, that is of another type, or that is none', async () => {
    const other = await samples.make(entityOf(entities, name === 'Team' ? 'Product' : 'Team'))
    for (const id of [absent(idPrefix), other, 'nonsense', '', '王']) {
      const answer = await gateway.data(`query ($id: ID!) { one: ${singular}(id: $id) { id } }`, { id })
      expect(answer).toEqual({ one: null })
    }
    expect(await gateway.data('query ($id: ID!) { node(id: $id) { id } }', { id: absent(idPrefix) })).toEqual(
      { node: null },
    )
  })

  test('is read by ids, in their order, with null for the missing and twice for the repeated', async () => {
    const [a, b] = [await samples.make(entity), await samples.make(entity)]
    const ids = [b, absent(idPrefix), a, b]
    const answer = await gateway.data(`query ($ids: [ID!]!) { many: ${plural}ByIds(ids: $ids) { id } }`, {
      ids,
    })
    expect(answer).toEqual({ many: [{ id: b }, null, { id: a }, { id: b }] })
    const tooMany = await gateway.ask(`query ($ids: [ID!]!) { many: ${plural}ByIds(ids: $ids) { id } }`, {
      ids: Array.from({ length: 1001 }, () => a),
    })
    expect(codesOf(tooMany)).toEqual(['BAD_INPUT'])
  })

  test('is listed page by page, forwards and backwards', async () => {
    for (let count = 0; count < 3; count += 1) await samples.make(entity)
    const all = fieldsAt(
      await gateway.data(`{ list: ${plural}(first: 100) { nodes { id } } }`),
      'list.nodes',
      'id',
    )
    const page = (args: string) =>
      gateway.data(
        `{ list: ${plural}(${args}) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      )
    const first = await page('first: 2')
    expect(fieldsAt(first, 'list.nodes', 'id')).toEqual(all.slice(0, 2))
    const second = await page(`first: 2, after: "${textAt(first, 'list.pageInfo.endCursor')}"`)
    expect(fieldsAt(second, 'list.nodes', 'id')).toEqual(all.slice(2, 4))
    const back = await page(`last: 2, before: "${textAt(second, 'list.pageInfo.startCursor')}"`)
    expect(fieldsAt(back, 'list.nodes', 'id')).toEqual(all.slice(0, 2))
    expect(valueAt(back, 'list.pageInfo.hasPreviousPage')).toBe(false)
    expect(valueAt(back, 'list.pageInfo.hasNextPage')).toBe(true)
  })

  test('is counted and nothing else when only the count is asked for, and the other way round', async () => {
    const counting = await gateway.statementsOf(() => gateway.data(`{ list: ${plural} { totalCount } }`))
    expect(counting).toHaveLength(1)
    expect(counting[0]).toMatch(/^select count\(\*\)/)
    const paging = await gateway.statementsOf(() =>
      gateway.data(`{ list: ${plural} { nodes { id } edges { cursor } pageInfo { hasNextPage } } }`),
    )
    expect(paging).toHaveLength(1)
    expect(paging[0]).not.toMatch(/count\(/)
  })

  test('is filtered by its id', async () => {
    const id = await samples.make(entity)
    const answer = await gateway.data(
      `query ($id: ID!) { list: ${plural}(filter: { id: { eq: $id } }) { totalCount nodes { id } } }`,
      { id },
    )
    expect(answer).toEqual({ list: { totalCount: 1, nodes: [{ id }] } })
  })

  test('is counted by every field that it can be grouped by', async () => {
    const total = valueAt(await gateway.data(`{ list: ${plural} { totalCount } }`), 'list.totalCount')
    const groups = await gateway.data(`{ __type(name: "${name}GroupField") { enumValues { name } } }`)
    const query = `query ($field: ${name}GroupField!) { list: ${plural} { aggregate(groupBy: { field: $field }, first: 1000) { count } } }`
    for (const field of fieldsAt(groups, '__type.enumValues', 'name')) {
      const counts = fieldsAt(await gateway.data(query, { field }), 'list.aggregate', 'count')
      expect(counts.reduce<number>((sum, count) => sum + Number(count), 0)).toBe(total)
    }
  })

  test('is counted by whatever it refers to, without losing any', async () => {
    const total = valueAt(await gateway.data(`{ list: ${plural} { totalCount } }`), 'list.totalCount')
    const fields = await gateway.data(
      `{ __type(name: "${name}GroupBy") { inputFields { name type { name } } } }`,
    )
    const references = listAt(fields, '__type.inputFields')
      .filter(field => String(valueAt(field, 'type.name')).endsWith('GroupBy'))
      .map(field => textAt(field, 'name'))
    expect(references).toEqual(expect.arrayContaining(['createdBy', 'updatedBy']))
    for (const reference of references) {
      const groups = `groupBy: { ${reference}: { field: CREATED_AT } }, having: { count: { gt: 0 } }`
      const answer = await gateway.data(
        `{ list: ${plural} { aggregate(${groups}) { group { ${reference}Group { createdAt } } count } } }`,
      )
      const counts = fieldsAt(answer, 'list.aggregate', 'count')
      expect(counts.reduce<number>((sum, count) => sum + Number(count), 0)).toBe(total)
    }
  })
})

describe.each(writable)('$name, written', entity => {
  const { name, singular, plural } = entity
  const read = async (id: string, fields: string) =>
    valueAt(await gateway.data(`query ($id: ID!) { one: ${singular}(id: $id) { ${fields} } }`, { id }), 'one')
  const visible = async (id: string, deleted: string) =>
    valueAt(
      await gateway.data(
        `query ($id: ID!) { list: ${plural}(filter: { id: { eq: $id } }, deleted: ${deleted}) { totalCount } }`,
        { id },
      ),
      'list.totalCount',
    )

  test('is created at version 1 by who asks, and every update counts', async () => {
    const id = await samples.make(entity)
    const viewer = { id: gateway.userIds.administrator }
    const at = '2026-03-01T12:00:00.000Z'
    expect(
      await read(
        id,
        'version createdAt updatedAt deletedAt source customFields createdBy { id } updatedBy { id }',
      ),
    ).toEqual({
      version: 1,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      source: null,
      customFields: {},
      createdBy: viewer,
      updatedBy: viewer,
    })
    expect(
      await gateway.refusals(`${singular}Update`, {
        id,
        expectedVersion: 1,
        customFields: { tier: 3, 北: ['京'] },
      }),
    ).toEqual([])
    expect(await read(id, 'version customFields')).toEqual({
      version: 2,
      customFields: { tier: 3, 北: ['京'] },
    })
  })

  test('is not changed by who read an older version', async () => {
    const id = await samples.make(entity)
    await gateway.refusals(`${singular}Update`, { id })
    for (const verb of ['Update', 'Delete'])
      expect(await gateway.refusals(`${singular}${verb}`, { id, expectedVersion: 1 })).toEqual([
        'STALE_VERSION input.expectedVersion',
      ])
    expect(await read(id, 'version deletedAt')).toEqual({ version: 2, deletedAt: null })
  })

  test('is deleted, is not listed then unless asked for, and is restored', async () => {
    const id = await samples.make(entity)
    expect(await gateway.refusals(`${singular}Restore`, { id })).toEqual(['NOT_DELETED input.id'])
    expect(await gateway.refusals(`${singular}Delete`, { id, expectedVersion: 1 })).toEqual([])
    expect([await visible(id, 'EXCLUDE'), await visible(id, 'INCLUDE'), await visible(id, 'ONLY')]).toEqual([
      0, 1, 1,
    ])
    expect(await read(id, 'version deletedAt')).toEqual({ version: 2, deletedAt: '2026-03-01T12:00:00.000Z' })
    for (const verb of ['Update', 'Delete'])
      expect(await gateway.refusals(`${singular}${verb}`, { id })).toEqual(['DELETED input.id'])
    expect(await gateway.refusals(`${singular}Restore`, { id })).toEqual([])
    expect([await visible(id, 'EXCLUDE'), await visible(id, 'ONLY')]).toEqual([1, 0])
    expect(await read(id, 'version deletedAt')).toEqual({ version: 3, deletedAt: null })
  })

  test('is not written where it is not, whatever the id', async () => {
    for (const verb of ['Update', 'Delete', 'Restore'])
      for (const id of [absent(entity.idPrefix), absent('xyz'), 'nonsense'])
        expect(await gateway.refusals(`${singular}${verb}`, { id })).toEqual(['NOT_FOUND input.id'])
  })

  test('leaves word of each write in the outbox, with the names of what changed', async () => {
    const id = await samples.make(entity)
    await gateway.refusals(`${singular}Update`, { id, customFields: { a: 1 } })
    await gateway.refusals(`${singular}Delete`, { id })
    await gateway.refusals(`${singular}Restore`, { id })
    const { rows } =
      await sql`select type, "viewerId", payload->'fields' ? 'customFields' as "aboutCustomFields" from "OutboxEvent" where "entityId" = ${id} order by id`.execute(
        gateway.trellis.database.session.sql,
      )
    const by = { viewerId: gateway.userIds.administrator }
    expect(rows).toEqual([
      { type: `${singular}.created`, ...by, aboutCustomFields: false },
      { type: `${singular}.updated`, ...by, aboutCustomFields: true },
      { type: `${singular}.deleted`, ...by, aboutCustomFields: false },
      { type: `${singular}.restored`, ...by, aboutCustomFields: false },
    ])
  })

  test('is created, changed, deleted and restored in bulk, three by as many statements as two', async () => {
    const statements: number[] = []
    const bulk = async (verb: string, items: readonly unknown[]) => {
      const mutation = `mutation ($input: ${name}Bulk${verb}Input!) { bulk: ${singular}Bulk${verb}(input: $input) {
        results { id status } records: ${plural} { version deletedAt } userErrors { code path }
      } }`
      let answer: unknown
      const sent = await gateway.statementsOf(async () => {
        answer = await gateway.data(mutation, { input: { items } })
      })
      statements.push(sent.length)
      expect(listAt(answer, 'bulk.userErrors')).toEqual([])
      return {
        ids: fieldsAt(answer, 'bulk.results', 'id'),
        statuses: fieldsAt(answer, 'bulk.results', 'status'),
        records: listAt(answer, 'bulk.records'),
      }
    }
    const all = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value)
    for (const count of [2, 3]) {
      const inputs = []
      for (const _ of all(count, null)) inputs.push(await samples.input(entity))
      const made = await bulk('Create', inputs)
      expect(made.statuses).toEqual(all(count, 'CREATED'))
      const items = made.ids.map((id, index) => ({ id, expectedVersion: 1, customFields: { index } }))
      expect(await bulk('Update', items)).toEqual({
        ids: made.ids,
        statuses: all(count, 'UPDATED'),
        records: all(count, { version: 2, deletedAt: null }),
      })
      const ids = made.ids.map(id => ({ id }))
      expect(await bulk('Delete', ids)).toMatchObject({
        statuses: all(count, 'DELETED'),
        records: all(count, { version: 3, deletedAt: '2026-03-01T12:00:00.000Z' }),
      })
      expect(await bulk('Restore', ids)).toMatchObject({
        statuses: all(count, 'RESTORED'),
        records: all(count, { version: 4, deletedAt: null }),
      })
    }
    expect(statements.slice(4)).toEqual(statements.slice(0, 4))
  })

  test('comes in bulk by the ids of another system: once, again, and changed', async () => {
    const bulk = async (items: readonly unknown[]) => {
      const answer = await gateway.data(
        `mutation ($input: ${name}BulkUpsertInput!) { bulk: ${singular}BulkUpsert(input: $input) { results { externalId id status } userErrors { code path } } }`,
        { input: { system: 'erp', items } },
      )
      expect(listAt(answer, 'bulk.userErrors')).toEqual([])
      return {
        statuses: fieldsAt(answer, 'bulk.results', 'status'),
        ids: fieldsAt(answer, 'bulk.results', 'id'),
      }
    }
    const [one, two] = [await samples.input(entity), await samples.input(entity)]
    const items = [
      { externalId: '1', ...one },
      { externalId: '2', ...two },
    ]
    const first = await bulk(items)
    expect(first.statuses).toEqual(['CREATED', 'CREATED'])
    const second = await bulk(items)
    expect(second).toEqual({ statuses: ['UNCHANGED', 'UNCHANGED'], ids: first.ids })
    const changed = items.map(item => ({ ...item, customFields: { of: item.externalId } }))
    expect((await bulk([items[0], changed[1]])).statuses).toEqual(['UNCHANGED', 'UPDATED'])
    expect((await bulk(changed)).statuses).toEqual(['UPDATED', 'UNCHANGED'])
    const [id] = first.ids
    expect(
      await read(String(id), 'source version customFields externalReferences { system externalId }'),
    ).toEqual({
      source: 'erp',
      version: 2,
      customFields: { of: '1' },
      externalReferences: [{ system: 'erp', externalId: '1' }],
    })
  })
})
