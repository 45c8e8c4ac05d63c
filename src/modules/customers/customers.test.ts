import { codesOf, createTestGateway, fieldsAt, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test('a customer with its people, its companies and its sales', async () => {
  const parent = await gateway.create('customer', { name: 'Acme Holding' })
  const id = await gateway.create('customer', { name: 'Acme 北京', parentId: parent, industry: 'retail' })
  await gateway.create('contact', { customerId: id, firstName: '小明', lastName: '王' })
  await gateway.create('opportunity', { customerId: id, name: 'Twelve boxes', amount: '1054.50' })
  const query = `query ($id: ID!) { customer(id: $id) {
    name type lifecycleStage rating industry currency doNotContact version
    parent { name children { nodes { name } } }
    contacts { nodes { firstName lastName customer { name } } }
    opportunities { nodes { name amount stage { code } } }
    owner { name } createdBy { name } createdAt customFields
  } }`
  expect(await gateway.data(query, { id })).toMatchInlineSnapshot(`
    {
      "customer": {
        "contacts": {
          "nodes": [
            {
              "customer": {
                "name": "Acme 北京",
              },
              "firstName": "小明",
              "lastName": "王",
            },
          ],
        },
        "createdAt": "2026-03-01T12:00:00.000Z",
        "createdBy": {
          "name": "Ada Lindqvist",
        },
        "currency": "USD",
        "customFields": {},
        "doNotContact": false,
        "industry": "retail",
        "lifecycleStage": "LEAD",
        "name": "Acme 北京",
        "opportunities": {
          "nodes": [
            {
              "amount": "1054.5",
              "name": "Twelve boxes",
              "stage": {
                "code": "PROSPECTING",
              },
            },
          ],
        },
        "owner": {
          "name": "Ada Lindqvist",
        },
        "parent": {
          "children": {
            "nodes": [
              {
                "name": "Acme 北京",
              },
            ],
          },
          "name": "Acme Holding",
        },
        "rating": null,
        "type": "PROSPECT",
        "version": 1,
      },
    }
  `)
})

test.each([
  ['a name of blanks', { name: ' ' }, 'REQUIRED input.name'],
  ['a name of 201 characters', { name: 'x'.repeat(201) }, 'TOO_LONG input.name'],
  ['a bad e-mail address', { email: 'ada@' }, 'INVALID_FORMAT input.email'],
  ['an address that is no website', { website: 'example.com' }, 'INVALID_FORMAT input.website'],
  ['a currency in small letters', { currency: 'usd' }, 'INVALID_FORMAT input.currency'],
  ['a founding in the year 999', { foundedYear: 999 }, 'OUT_OF_RANGE input.foundedYear'],
  ['less than no employees', { employeeCount: -1 }, 'OUT_OF_RANGE input.employeeCount'],
  ['a negative turnover', { annualRevenue: '-0.0001' }, 'OUT_OF_RANGE input.annualRevenue'],
  [
    'a parent that does not exist',
    { parentId: 'cus_01k0000000e008000000000009' },
    'NOT_FOUND input.parentId',
  ],
  ['a parent that is a product', { parentId: 'prd_01k0000000e008000000000009' }, 'NOT_FOUND input.parentId'],
  ['custom fields that are null', { customFields: null }, 'REQUIRED input.customFields'],
])('%s is refused by name', async (_, wrong, refusal) => {
  expect(await gateway.refusals('customerCreate', { name: 'Wrong', ...wrong })).toEqual([refusal])
})

test('all that is wrong is said at once', async () => {
  const wrong = { name: '', email: 'nobody', employeeCount: -5 }
  expect(await gateway.refusals('customerCreate', wrong)).toEqual([
    'REQUIRED input.name',
    'INVALID_FORMAT input.email',
    'OUT_OF_RANGE input.employeeCount',
  ])
})

test('a refusal names the value, what is allowed, and writes nothing', async () => {
  const before = await gateway.rowsIn('Customer')
  const answer = await gateway.data(`mutation {
    customerCreate(input: { name: "Wrong", employeeCount: -5 }) { customer { id } userErrors { code message path } }
  }`)
  expect(answer).toMatchInlineSnapshot(`
    {
      "customerCreate": {
        "customer": null,
        "userErrors": [
          {
            "code": "OUT_OF_RANGE",
            "message": "employeeCount is -5; it has to be at least 0.",
            "path": [
              "input",
              "employeeCount",
            ],
          },
        ],
      },
    }
  `)
  expect(await gateway.rowsIn('Customer')).toBe(before)
})

describe('the hierarchy of companies', () => {
  const chain = async (): Promise<readonly [string, string, string]> => {
    const top = await gateway.create('customer', { name: 'Top' })
    const middle = await gateway.create('customer', { name: 'Middle', parentId: top })
    return [top, middle, await gateway.create('customer', { name: 'Bottom', parentId: middle })]
  }

  test('a company is not its own parent', async () => {
    const [top] = await chain()
    expect(await gateway.refusals('customerUpdate', { id: top, parentId: top })).toEqual([
      'CYCLE input.parentId',
    ])
  })

  test('nor the child of its grandchild', async () => {
    const [top, , bottom] = await chain()
    expect(await gateway.refusals('customerUpdate', { id: top, parentId: bottom })).toEqual([
      'CYCLE input.parentId',
    ])
  })

  test('nor does a bulk make a cycle that none of its items makes alone', async () => {
    const items = ['a', 'b'].map(externalId => ({ externalId, name: externalId }))
    const bulk = `mutation ($input: CustomerBulkUpsertInput!) { customerBulkUpsert(input: $input) { results { id } userErrors { code path } } }`
    const made = await gateway.data(bulk, { input: { system: 'cycles', items } })
    const [a, b] = fieldsAt(made, 'customerBulkUpsert.results', 'id')
    const input = {
      system: 'cycles',
      items: [
        { externalId: 'a', parentId: b },
        { externalId: 'b', parentId: a },
      ],
    }
    expect(await gateway.refusals('customerBulkUpsert', input)).toEqual([
      'CYCLE input.items.0.parentId',
      'CYCLE input.items.1.parentId',
    ])
  })

  test('two who make each other the parent at once do not make a cycle', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [
        await gateway.create('customer', { name: 'A' }),
        await gateway.create('customer', { name: 'B' }),
      ]
      const refusals = await Promise.all([
        gateway.refusals('customerUpdate', { id: a, parentId: b }),
        gateway.refusals('customerUpdate', { id: b, parentId: a }),
      ])
      expect(refusals.flat()).toEqual(['CYCLE input.parentId'])
    }
  })

  test('people report to people, and not in circles', async () => {
    const boss = await gateway.create('contact', { lastName: 'Boss' })
    const worker = await gateway.create('contact', { lastName: 'Worker', reportsToId: boss })
    expect(await gateway.refusals('contactUpdate', { id: boss, reportsToId: worker })).toEqual([
      'CYCLE input.reportsToId',
    ])
  })
})

test('who asked for something is at the customer that needs it, or at none', async () => {
  const [customerId, other] = [
    await gateway.create('customer', { name: 'Asks' }),
    await gateway.create('customer', { name: 'Other' }),
  ]
  const person = (more: object) => gateway.create('contact', { lastName: 'Asker', ...more })
  const elsewhere = await person({ customerId: other })
  const need = { subject: 'Boxes', customerId }
  const id = await gateway.create('need', { ...need, contactId: await person({ customerId }) })
  await gateway.create('need', { ...need, contactId: await person({}) })
  const refused = ['CONTRADICTION input.contactId']
  expect(await gateway.refusals('needCreate', { ...need, contactId: elsewhere })).toEqual(refused)
  expect(await gateway.refusals('needUpdate', { id, contactId: elsewhere })).toEqual(refused)
  expect(await gateway.refusals('needUpdate', { id, contactId: null, status: 'MET' })).toEqual([])
})

describe('search', () => {
  const found = async (search: string): Promise<readonly unknown[]> =>
    fieldsAt(
      await gateway.data(
        'query ($search: String) { customers(search: $search, orderBy: { field: NAME }) { nodes { name } } }',
        { search },
      ),
      'customers.nodes',
      'name',
    )

  beforeAll(async () => {
    for (const input of [
      { name: '北京王府井百货', email: 'info@wangfujing.example' },
      { name: '100% Cotton', email: 'mail@cotton.example' },
      { name: '100 Cotton_Buds' },
      { name: 'Back\\slash' },
      { name: 'Zoë Straße', email: 'zoe@strasse.example' },
    ])
      await gateway.create('customer', input)
  })

  test.each([
    ['王', ['北京王府井百货']],
    ['北京 百货', ['北京王府井百货']],
    ['cotton', ['100 Cotton_Buds', '100% Cotton']],
    ['cotton 100', ['100 Cotton_Buds', '100% Cotton']],
    ['%', ['100% Cotton']],
    ['n_b', ['100 Cotton_Buds']],
    ['\\s', ['Back\\slash']],
    ['WANGFUJING', ['北京王府井百货']],
    ['zoë strasse', ['Zoë Straße']],
    ['cotton 北京', []],
  ])('"%s" finds by every word, and what it says means itself', async (search, names) => {
    expect(await found(search)).toEqual(names)
  })

  test('people are found by their names in Chinese', async () => {
    await gateway.create('contact', { firstName: '芳', lastName: '王' })
    const answer = await gateway.data(
      '{ contacts(search: "王 芳") { totalCount nodes { lastName firstName } } }',
    )
    expect(answer).toEqual({ contacts: { totalCount: 1, nodes: [{ lastName: '王', firstName: '芳' }] } })
  })

  test('is refused when it is longer than anyone types', async () => {
    const ask = (search: string) =>
      gateway.ask('query ($search: String) { customers(search: $search) { totalCount } }', { search })
    expect(codesOf(await ask('x'.repeat(201)))).toEqual(['BAD_INPUT'])
    expect(codesOf(await ask('a b c d e f g h i j k'))).toEqual(['BAD_INPUT'])
  })
})
