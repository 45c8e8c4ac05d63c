import { codesOf, createTestGateway, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const create = (input: Values) => gateway.create('lead', input)
const update = (id: string, input: Values) => gateway.refusals('leadUpdate', { id, ...input })
const read = async (id: string, fields: string) =>
  valueAt(await gateway.data(`query ($id: ID!) { lead(id: $id) { ${fields} } }`, { id }), 'lead')
/** What became of one item of a bulk upsert, or why it was refused. */
const send = async (item: Values) => {
  const answer = await gateway.data(
    `mutation ($items: [LeadUpsertItem!]!) { done: leadBulkUpsert(input: { system: "erp", items: $items, errorPolicy: SKIP }) {
      results { status } userErrors { code path }
    } }`,
    { items: [item] },
  )
  const [error] = [valueAt(answer, 'done.userErrors.0')]
  if (!error) return textAt(answer, 'done.results.0.status')
  return `${textAt(error, 'code')} ${String(valueAt(error, 'path'))}`
}

describe('a company', () => {
  test("is the person's own name where nobody says one", async () => {
    const named = async (input: Values) => textAt(await read(await create(input), 'company'), 'company')
    expect(await named({ firstName: 'Ada', lastName: 'King' })).toBe('Ada King')
    expect(await named({ firstName: ' ', lastName: ' 王 ' })).toBe('王')
    expect(await named({ firstName: 'Ada' })).toBe('Ada')
    expect(await named({ lastName: 'King', company: 'Engines' })).toBe('Engines')
  })

  test('is asked for where there is no name either, in bulk, too', async () => {
    for (const input of [{}, { firstName: '', lastName: ' ' }, { email: 'who@example.com' }])
      expect(await gateway.refusals('leadCreate', input)).toEqual(['REQUIRED input.company'])
    expect(await gateway.refusals('leadCreate', { company: ' ', lastName: 'King' })).toEqual([
      'REQUIRED input.company',
    ])
    expect(await send({ externalId: 'nobody' })).toBe('REQUIRED input,items,0,company')
    expect(await send({ externalId: 'somebody', lastName: 'King' })).toBe('CREATED')
  })
})

describe('a status', () => {
  test('changes freely', async () => {
    const id = await create({ lastName: 'Free' })
    for (const status of ['QUALIFIED', 'NEW', 'NURTURING', 'IN_PROCESS', 'ASSIGNED'])
      expect(await update(id, { status })).toEqual([])
    expect(await read(id, 'status')).toEqual({ status: 'ASSIGNED' })
  })

  test('DISQUALIFIED takes a reason, which no other status has', async () => {
    const required = ['REQUIRED input.disqualifyReason']
    expect(await gateway.refusals('leadCreate', { lastName: 'X', status: 'DISQUALIFIED' })).toEqual(required)
    const id = await create({ lastName: 'Out' })
    expect(await update(id, { status: 'DISQUALIFIED' })).toEqual(required)
    expect(await update(id, { status: 'DISQUALIFIED', disqualifyReason: ' ' })).toEqual(required)
    expect(await update(id, { disqualifyReason: 'Moved' })).toEqual(['CONTRADICTION input.disqualifyReason'])
    expect(await update(id, { status: 'DISQUALIFIED', disqualifyReason: 'Moved' })).toEqual([])
    expect(await update(id, { disqualifyReason: null })).toEqual(required)
    expect(await update(id, { phone: '1' })).toEqual([])
    expect(await update(id, { status: 'NEW', disqualifyReason: 'Moved' })).toEqual([
      'CONTRADICTION input.disqualifyReason',
    ])
    expect(await update(id, { status: 'NURTURING' })).toEqual([])
    expect(await read(id, 'status disqualifyReason')).toEqual({ status: 'NURTURING', disqualifyReason: null })
  })

  test('CONVERTED is set by leadConvert only', async () => {
    const refused = ['INVALID_TRANSITION input.status']
    expect(await gateway.refusals('leadCreate', { lastName: 'X', status: 'CONVERTED' })).toEqual(refused)
    expect(await update(await create({ lastName: 'X' }), { status: 'CONVERTED' })).toEqual(refused)
    const item = { externalId: 'converted', lastName: 'X', status: 'CONVERTED' }
    expect(await send(item)).toBe('INVALID_TRANSITION input,items,0,status')
  })
})

describe('a converted lead', () => {
  test('is read-only, whichever way it is written', async () => {
    const item = { externalId: 'frozen', lastName: 'Frozen', email: 'frozen@example.com' }
    await send(item)
    const found = await gateway.data(
      '{ leads(filter: { externalReference: { system: { eq: "erp" }, externalId: { eq: "frozen" } } }) { nodes { id } } }',
    )
    const id = textAt(found, 'leads.nodes.0.id')
    expect(await gateway.refusals('leadConvert', { id })).toEqual([])
    const before = await read(id, 'status version phone')

    expect(await update(id, { phone: '1' })).toEqual(['CONVERTED input.id'])
    expect(await update(id, { status: 'NEW' })).toEqual(['CONVERTED input.id'])
    expect(await gateway.refusals('leadDelete', { id })).toEqual(['CONVERTED input.id'])
    expect(await send({ ...item, phone: '1' })).toBe('CONVERTED input,items,0,externalId')
    expect(await send({ ...item, customFields: {} })).toBe('UNCHANGED')
    expect(await read(id, 'status version phone')).toEqual(before)
  })
})

test('an agent reaches its own leads, and no others', async () => {
  const [mine, other] = [
    await gateway.create('lead', { lastName: 'Mine' }, { as: 'agent' }),
    await create({ lastName: 'Other' }),
  ]
  const as = 'agent'
  const ask = async (mutation: string, id: string) => gateway.refusals(mutation, { id }, { as })
  expect(await ask('leadUpdate', mine)).toEqual([])
  expect(await ask('leadUpdate', other)).toEqual(['NOT_FOUND input.id'])
  expect(await ask('leadConvert', other)).toEqual(['NOT_FOUND input.id'])
  const given = await gateway.ask(
    'mutation ($id: ID!) { leadCreate(input: { lastName: "Given", ownerId: $id }) { lead { id } } }',
    { id: gateway.userIds.administrator },
    { as },
  )
  expect(codesOf(given)).toEqual(['FORBIDDEN'])
})
