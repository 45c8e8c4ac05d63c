import { codesOf, createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { companyDirectory } from './index.ts'
import { createDirectoryGateway, type DirectoryGateway } from './testing/directory-gateway.ts'

let directory: DirectoryGateway
beforeAll(async () => {
  directory = await createDirectoryGateway()
})
afterAll(() => directory[Symbol.asyncDispose]())

const entry = '{ companyDirectoryEntry { registrationNumber name status isStale fetchedAt } }'

const entryOf = async (gateway: TestGateway, id: string) =>
  valueAt(
    await gateway.data(`query ($id: ID!) { customer(id: $id) ${entry} }`, { id }),
    'customer.companyDirectoryEntry',
  )

const askAll = (gateway: TestGateway, first: number) =>
  gateway.data(`query ($first: Int) { customers(first: $first) { nodes ${entry} } }`, { first })

const createMany = (gateway: TestGateway, count: number) =>
  gateway.data(
    'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "many", items: $items }) { results { id } } }',
    {
      items: Array.from({ length: count }, (_, index) => ({
        externalId: String(index),
        name: 'Many',
        taxNumber: `XX${200_001 + index}`,
      })),
    },
  )

test('a customer has what the directory has under its tax number, however it is written', async () => {
  const { gateway } = directory
  const id = await gateway.create('customer', { name: 'Harbor', taxNumber: 'xx 200.001' })
  const answer = await gateway.data(
    `query ($id: ID!) { customer(id: $id) { companyDirectoryEntry {
      registrationNumber name taxNumber status legalForm address { street postalCode city country }
      industryCodes employees { from to } fetchedAt isStale
    } } }`,
    { id },
  )
  expect(valueAt(answer, 'customer.companyDirectoryEntry')).toMatchInlineSnapshot(`
    {
      "address": {
        "city": "Hamburg",
        "country": "DE",
        "postalCode": "20457",
        "street": "Hafenstraße 12",
      },
      "employees": {
        "from": 50,
        "to": 249,
      },
      "fetchedAt": "2026-03-01T12:00:00.000Z",
      "industryCodes": [
        "10.89",
        "46.38",
      ],
      "isStale": false,
      "legalForm": "GmbH",
      "name": "Harbor Foods GmbH",
      "registrationNumber": "HR 10001",
      "status": "ACTIVE",
      "taxNumber": "XX200001",
    }
  `)
})

test('a hundred customers are two requests, then none, then two when they are too old', async () => {
  let present = new Date('2026-03-01T12:00:00Z')
  await using own = await createDirectoryGateway({ cacheHours: 24 }, { now: () => present })
  const { gateway, requestsOf } = own
  await createMany(gateway, 100)
  const lookups = Array.from({ length: 2 }, () => 'POST /v1/companies/lookup')
  expect(await requestsOf(() => askAll(gateway, 100))).toEqual(lookups)
  expect(await requestsOf(() => askAll(gateway, 100))).toEqual([])
  present = new Date('2026-03-02T13:00:00Z')
  expect(await requestsOf(() => askAll(gateway, 100))).toEqual(lookups)
})

test('a hundred customers take as many statements as two', async () => {
  await using own = await createDirectoryGateway()
  const { gateway } = own
  await createMany(gateway, 100)
  const count = async (first: number) => (await gateway.statementsOf(() => askAll(gateway, first))).length
  // Customers, links, entries; and the entries that are kept.
  expect([await count(2), await count(100), await count(100)]).toEqual([4, 4, 3])
})

test('who is not known is remembered, too, and who has no number is not asked about', async () => {
  const { gateway, requestsOf } = directory
  const unknown = await gateway.create('customer', { name: 'Nobody', taxNumber: 'XX1' })
  const without = await gateway.create('customer', { name: 'Private person' })
  expect(await requestsOf(() => entryOf(gateway, unknown))).toHaveLength(1)
  expect(
    await requestsOf(async () => {
      expect(await entryOf(gateway, unknown)).toBe(null)
      expect(await entryOf(gateway, without)).toBe(null)
    }),
  ).toEqual([])
})

test('a directory that takes one company at a time is asked so, four at once', async () => {
  await using own = await createDirectoryGateway()
  const { gateway, service, requestsOf } = own
  service.faults.takesMany = false
  await createMany(gateway, 30)
  const requests = await requestsOf(() => askAll(gateway, 30))
  expect(Map.groupBy(requests, request => request).get('GET /v1/company')).toHaveLength(30)
  expect(await requestsOf(() => askAll(gateway, 30))).toEqual([])
})

test('a customer is linked by hand, and the link taken away', async () => {
  const { gateway } = directory
  const customerId = await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' })
  const link = async (registrationNumber: string | null) => {
    const answer = await gateway.data(
      `mutation ($input: CompanyDirectoryLinkInput!) { companyDirectoryLink(input: $input) { customer ${entry} userErrors { code } } }`,
      { input: { customerId, registrationNumber } },
    )
    return valueAt(answer, 'companyDirectoryLink.customer.companyDirectoryEntry.registrationNumber')
  }
  expect(await link('hr 10007')).toBe('HR 10007')
  expect(await link(null)).toBe('HR 10001')
  const refusals = (input: object) => gateway.refusals('companyDirectoryLink', { customerId, ...input })
  expect(await refusals({ registrationNumber: ' - ' })).toEqual(['REQUIRED input.registrationNumber'])
  expect(await refusals({ registrationNumber: '1'.repeat(101) })).toEqual([
    'TOO_LONG input.registrationNumber',
  ])
  expect(await refusals({ customerId: 'nobody', registrationNumber: '1' })).toEqual([
    'NOT_FOUND input.customerId',
  ])
})

test('what is asked for anew comes from the directory', async () => {
  const { gateway, requestsOf } = directory
  const id = await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' })
  await entryOf(gateway, id)
  const refresh = () =>
    gateway.data(
      `mutation ($ids: [ID!]!) { companyDirectoryRefresh(input: { customerIds: $ids }) { customers ${entry} userErrors { code } } }`,
      { ids: [id] },
    )
  expect(await requestsOf(refresh)).toEqual(['POST /v1/companies/lookup'])
  expect(await requestsOf(() => entryOf(gateway, id))).toEqual([])
  const refusals = (customerIds: readonly string[]) =>
    gateway.refusals('companyDirectoryRefresh', { customerIds })
  expect(await refusals([])).toEqual(['OUT_OF_RANGE input.customerIds'])
  const deleted = await gateway.create('customer', { name: 'Gone', taxNumber: 'XX200002' })
  await gateway.refusals('customerDelete', { id: deleted })
  expect(await refusals([id, 'nobody', deleted])).toEqual([
    'NOT_FOUND input.customerIds.1',
    'NOT_FOUND input.customerIds.2',
  ])
})

test('companies are found by what is in their names', async () => {
  const { gateway } = directory
  const search = (text: string, first?: number) =>
    gateway.ask(
      'query ($text: String!, $first: Int! = 10) { companyDirectorySearch(text: $text, first: $first) { name } }',
      {
        text,
        first,
      },
    )
  expect((await search('harbor f')).data).toEqual({ companyDirectorySearch: [{ name: 'Harbor Foods GmbH' }] })
  expect(valueAt((await search('harbor', 2)).data, 'companyDirectorySearch')).toHaveLength(2)
  expect(codesOf(await search(' h '))).toEqual(['BAD_INPUT'])
  expect(codesOf(await search('harbor', 51))).toEqual(['BAD_INPUT'])
})

test('an agent sees, links and asks about own customers only', async () => {
  const { gateway, requestsOf } = directory
  const agent = { as: 'agent' } as const
  const others = await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' })
  const own = await gateway.create('customer', { name: 'Alder', taxNumber: 'XX200006' }, agent)
  const requests = await requestsOf(async () => {
    const query = `query ($ids: [ID!]!) { customersByIds(ids: $ids) ${entry} }`
    const answer = await gateway.data(query, { ids: [others, own] }, agent)
    expect(valueAt(answer, 'customersByIds.0')).toBe(null)
    expect(valueAt(answer, 'customersByIds.1.companyDirectoryEntry.registrationNumber')).toBe('HR 10006')
    expect(
      await gateway.refusals('companyDirectoryLink', { customerId: others, registrationNumber: '1' }, agent),
    ).toEqual(['NOT_FOUND input.customerId'])
    expect(await gateway.refusals('companyDirectoryRefresh', { customerIds: [own, others] }, agent)).toEqual([
      'NOT_FOUND input.customerIds.1',
    ])
  })
  expect(requests).toHaveLength(1)
})

test('customers that become one keep the link of the one that stays', async () => {
  await using own = await createDirectoryGateway()
  const { gateway } = own
  const [id, merged] = [
    await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' }),
    await gateway.create('customer', { name: 'Harbour', taxNumber: 'XX200002' }),
  ]
  expect(
    await gateway.refusals('companyDirectoryLink', { customerId: id, registrationNumber: 'HR 10007' }),
  ).toEqual([])
  await askAll(gateway, 2)
  expect(await gateway.rowsIn('ext_company_directory.CompanyDirectoryEntry')).toBe(2)
  expect(await gateway.refusals('customerMerge', { id, mergedIds: [merged] })).toEqual([])
  expect(await gateway.rowsIn('ext_company_directory.CompanyDirectoryEntry')).toBe(1)
  expect(await entryOf(gateway, merged)).toMatchObject({ registrationNumber: 'HR 10007' })
})

test('until it is configured its field is null, and all else is there', async () => {
  await using gateway = await createTestGateway({ extensions: [companyDirectory] })
  const id = await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' })
  const answer = await gateway.ask(
    `query ($id: ID!) { customer(id: $id) { name companyDirectoryEntry { name } } }`,
    { id },
  )
  expect(answer.data).toEqual({ customer: { name: 'Harbor', companyDirectoryEntry: null } })
  expect(codesOf(answer)).toEqual(['EXTENSION_UNAVAILABLE'])
  const state = await gateway.data('{ extensions { status problems { message } } }')
  expect(valueAt(state, 'extensions.0')).toMatchInlineSnapshot(`
    {
      "problems": [
        {
          "message": "company-directory 0.1.0 (extensions/company-directory/index.ts:13:33) waits to be configured: settings.baseUrl: Invalid input: expected string, received undefined; the secret apiKey is not set; the secret webhookSecret is not set.",
        },
      ],
      "status": "CONFIGURING",
    }
  `)
})
