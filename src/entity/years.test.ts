import { codesOf, createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test.each([['9999-12-31T23:59:59.999-00:01'], ['9999-12-31T23:59:59-12:00'], ['0001-01-01T00:00:00+08:00']])(
  'the instant %s is of a year that there is not',
  async at => {
    const create =
      'mutation ($at: DateTime!) { opportunityCreate(input: { name: "Far", closedAt: $at }) { opportunity { id } } }'
    expect(codesOf(await gateway.ask(create, { at }))).toEqual(['BAD_INPUT'])
    const find =
      'query ($at: DateTime!) { opportunities(filter: { closedAt: { lt: $at } }) { nodes { id } } }'
    expect(codesOf(await gateway.ask(find, { at }))).toEqual(['BAD_INPUT'])
  },
)

test.each([['9999-12-31T23:59:59.999Z'], ['0001-01-01T00:00:00.000Z']])(
  'the instant %s comes back',
  async at => {
    const find = `query ($at: DateTime!) { customers(filter: { createdAt: { ne: $at } }, first: 1) { totalCount } }`
    expect(codesOf(await gateway.ask(find, { at }))).toEqual([])
    const dueAt = valueAt(
      await gateway.data(
        'mutation ($at: DateTime!) { activityCreate(input: { type: TASK, subject: "Far", dueAt: $at }) { activity { dueAt } } }',
        { at },
      ),
      'activityCreate.activity.dueAt',
    )
    expect(dueAt).toBe(at)
  },
)
