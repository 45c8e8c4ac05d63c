import { expect, test } from 'vitest'
import { parseCsv } from '../csv-file.ts'
import { customerItem, parentsFirst } from './customer.ts'
import { type DealContext, opportunityItem } from './opportunity.ts'
import { opportunityLineItem } from './opportunity-line.ts'
import { stages } from './pipeline.ts'
import { productItem } from './product.ts'
import { officesOf, teamItem } from './team.ts'
import { emailOf, peopleOf, userItem } from './user.ts'

const accounts = parseCsv(
  `account,sector,year_established,revenue,employees,office_location,subsidiary_of
Bluth Company,technology,1993,1242.32,3027,United States,Acme
Grandchild,retail,,,,,Bluth Company
Acme,technology,1996,1100.04,2822,United States,
Ouroboros,retail,2000,1,1,Norway,Ouroboros
`,
  'accounts.csv',
  ['account', 'sector', 'year_established', 'revenue', 'employees', 'office_location', 'subsidiary_of'],
)

const agents = parseCsv(
  `sales_agent,manager,regional_office
Moses Frase,Dustin Brinkmann,Central
Mei-Mei Johns,Dustin Brinkmann,Central
Zoë O'Hara,Cara Losch,East
Zane Levy,Cara Losch,West
`,
  'sales_teams.csv',
  ['sales_agent', 'manager', 'regional_office'],
)

const deals = (rows: string) =>
  parseCsv(
    `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n${rows}`,
    'sales_pipeline.csv',
    [
      'opportunity_id',
      'sales_agent',
      'product',
      'account',
      'deal_stage',
      'engage_date',
      'close_date',
      'close_value',
    ],
  )

const context: DealContext = {
  customers: new Map([['Acme', 'cus_1']]),
  users: new Map([['Moses Frase', 'usr_1']]),
  teams: new Map([['Central', 'tea_1']]),
  stages: new Map(stages.map(({ name, code }) => [name, `stg_${code}`])),
  offices: new Map([['Moses Frase', 'Central']]),
  prices: new Map([['GTX Pro', '4821']]),
}

const opportunity = (row: string) => {
  const [deal] = deals(row)
  if (!deal) throw new Error('There is no row.')
  return opportunityItem(deal, context)
}

test('parents come before their subsidiaries; who is its own ancestor comes last', () => {
  const names = parentsFirst(accounts).map(generation => generation.map(({ fields }) => fields.account))
  expect(names).toEqual([['Acme'], ['Bluth Company'], ['Grandchild'], ['Ouroboros']])
})

test('an account becomes a customer of its parent, with its revenue in dollars', () => {
  const [bluth, grandchild] = accounts.map(account =>
    customerItem(account, {
      customers: new Map([
        ['Acme', 'cus_1'],
        ['Bluth Company', 'cus_2'],
        ['Ouroboros', 'cus_3'],
      ]),
      buyers: new Set(['Bluth Company']),
    }),
  )
  expect(bluth).toEqual({
    externalId: 'Bluth Company',
    name: 'Bluth Company',
    type: 'CUSTOMER',
    lifecycleStage: 'CUSTOMER',
    industry: 'technology',
    foundedYear: 1993,
    employeeCount: 3027,
    annualRevenue: '1242320000',
    currency: 'USD',
    billingCountry: 'United States',
    parentId: 'cus_1',
  })
  expect(grandchild).toMatchObject({
    type: 'PROSPECT',
    foundedYear: null,
    annualRevenue: null,
    billingCountry: null,
  })
})

test('an account whose parent was not loaded is refused', () => {
  const account = accounts[0]
  expect(() => account && customerItem(account, { customers: new Map(), buyers: new Set() })).toThrow(
    'subsidiary_of is "Acme", which is not in the files or was refused.',
  )
})

test('offices become teams, each once', () => {
  expect(officesOf(agents).map(row => teamItem(row).name)).toEqual(['Central', 'East', 'West'])
})

test('managers come before their agents, in the office of all of these, if it is one', () => {
  const [managers, staff] = peopleOf(agents)
  expect(managers).toMatchObject([
    { name: 'Dustin Brinkmann', manager: null, office: 'Central' },
    { name: 'Cara Losch', manager: null, office: null },
  ])
  expect(
    staff?.map(person =>
      userItem(person, {
        users: new Map([
          ['Dustin Brinkmann', 'usr_1'],
          ['Cara Losch', 'usr_2'],
        ]),
        teams: new Map([
          ['Central', 'tea_1'],
          ['East', 'tea_2'],
          ['West', 'tea_3'],
        ]),
      }),
    )[0],
  ).toEqual({
    externalId: 'Moses Frase',
    name: 'Moses Frase',
    email: 'moses.frase@hardware.example',
    title: 'Sales agent',
    role: 'AGENT',
    managerId: 'usr_1',
    teamId: 'tea_1',
  })
})

test.each([
  ['Mei-Mei Johns', 'mei-mei.johns@hardware.example'],
  ["Zoë O'Hara", 'zoe.o.hara@hardware.example'],
])('%s has the address %s', (name, email) => {
  expect(emailOf(name)).toBe(email)
})

test('the name of a product makes its stock keeping unit', () => {
  const [row] = parseCsv('product,series,sales_price\nGTX Plus Pro,GTX,5482\n', 'products.csv', [
    'product',
    'series',
    'sales_price',
  ])
  expect(row && productItem(row)).toEqual({
    externalId: 'GTX Plus Pro',
    sku: 'GTX-PLUS-PRO',
    name: 'GTX Plus Pro',
    category: 'GTX',
    price: '5482',
    currency: 'USD',
  })
})

test('a won deal was engaged before it was won, and is worth what it was closed for', () => {
  expect(opportunity('1C1I7A6R,Moses Frase,GTX Pro,Acme,Won,2016-10-20,2017-03-01,4514')).toEqual({
    externalId: '1C1I7A6R',
    name: 'GTX Pro for Acme',
    customerId: 'cus_1',
    stageId: 'stg_WON',
    amount: '4514',
    currency: 'USD',
    closedAt: '2017-03-01T00:00:00.000Z',
    stageEnteredAt: '2017-03-01T00:00:00.000Z',
    stageHistory: [{ stageId: 'stg_ENGAGING', enteredAt: '2016-10-20T00:00:00.000Z' }],
    ownerId: 'usr_1',
    teamId: 'tea_1',
  })
})

test('a lost deal is worth nothing', () => {
  expect(opportunity('1,Moses Frase,GTX Pro,Acme,Lost,2016-10-20,2017-03-01,0')).toMatchObject({
    stageId: 'stg_LOST',
    amount: '0',
    closedAt: '2017-03-01T00:00:00.000Z',
  })
})

test('an open deal without account has no customer and the list price', () => {
  expect(opportunity('1,Moses Frase,GTX Pro,,Engaging,2016-11-03,,')).toMatchObject({
    name: 'GTX Pro',
    customerId: null,
    amount: '4821',
    closedAt: null,
    stageEnteredAt: '2016-11-03T00:00:00.000Z',
  })
})

test('when prospecting began is left open', () => {
  expect(opportunity('1,Moses Frase,GTX Pro,Acme,Prospecting,,,')).not.toHaveProperty('stageEnteredAt')
})

test.each([
  ['Moses Frase,GTX Pro,Nobody Inc,Won,2016-10-20,2017-03-01,1', 'account is "Nobody Inc"'],
  ['Nobody,GTX Pro,Acme,Won,2016-10-20,2017-03-01,1', 'sales_agent is "Nobody"'],
  ['Moses Frase,GTX 9,Acme,Won,2016-10-20,2017-03-01,1', 'product is "GTX 9", which is not in products.csv.'],
  [
    'Moses Frase,GTX Pro,Acme,Dreaming,,,',
    'deal_stage is "Dreaming"; Prospecting, Engaging, Won, Lost are known.',
  ],
  [
    'Moses Frase,GTX Pro,Acme,Won,2016-10-20,,1',
    'deal_stage is Won, but there is no close_date or no close_value.',
  ],
  [
    'Moses Frase,GTX Pro,Acme,Engaging,2016-10-20,2017-03-01,',
    'deal_stage is Engaging, but there is a close_date',
  ],
])('a deal that contradicts the files is refused: %s', (row, message) => {
  expect(() => opportunity(`1,${row}`)).toThrow(message)
})

test('a deal has one line, of the same worth', () => {
  const [row] = deals('1,Moses Frase,GTX Pro,Acme,Won,2016-10-20,2017-03-01,4514')
  const lineOf = (opportunities: ReadonlyMap<string, string>) =>
    row &&
    opportunityLineItem(row, {
      opportunities,
      products: new Map([['GTX Pro', 'prd_1']]),
      prices: context.prices,
    })
  expect(lineOf(new Map([['1', 'opp_1']]))).toEqual({
    externalId: '1/1',
    opportunityId: 'opp_1',
    productId: 'prd_1',
    quantity: '1',
    unitPrice: '4514',
    currency: 'USD',
  })
  expect(() => lineOf(new Map())).toThrow('its opportunity was refused.')
})
