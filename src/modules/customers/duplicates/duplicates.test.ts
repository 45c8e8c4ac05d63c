import {
  type AskOptions,
  codesOf,
  createTestGateway,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

type Values = Readonly<Record<string, unknown>>

const agent: AskOptions = { as: 'agent' }
let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** A record that is made whatever there is already. */
const make = (entity: string, input: Values, options?: AskOptions) =>
  gateway.create(entity, { allowDuplicate: true, ...input }, options)

/** What is found for a record, as ids with scores and rules. */
async function duplicatesOf(entity: string, id: string, args = '', options?: AskOptions) {
  const answer = await gateway.data(
    `query ($id: ID!) { found: ${entity}Duplicates(id: $id${args}) { ${entity} { id } score rules } }`,
    { id },
    options,
  )
  return listAt(answer, 'found').map(item => [
    valueAt(item, `${entity}.id`),
    valueAt(item, 'score'),
    ...listAt(item, 'rules'),
  ])
}

describe('customers', () => {
  const pairs: readonly (readonly [string, Values, Values, readonly unknown[]])[] = [
    [
      'an address in any case',
      { name: 'Aa', email: 'Info@one.example' },
      { name: 'Zz', email: 'info@ONE.example' },
      [0.8, 'EMAIL'],
    ],
    [
      'a number however it is written',
      { name: 'Bb', phone: '+49 (40) 12-34 56' },
      { name: 'Yy', phone: '0049 40 123456' },
      [0.6, 'PHONE'],
    ],
    [
      'a domain, with www or without',
      { name: 'Cc', website: 'https://www.Two.example/en' },
      { name: 'Xx', website: 'http://two.example:8080' },
      [0.7, 'WEBSITE'],
    ],
    ['a name', { name: 'Kiefer Maschinenbau GmbH' }, { name: 'KIEFER Maschinenbau GmbH' }, [0.6, 'NAME']],
    ['a name in Chinese', { name: '北京星河科技有限公司' }, { name: '北京星河科技有限公司' }, [0.6, 'NAME']],
    [
      'a name and a number',
      { name: 'Olivine Foods', phone: '555 12345' },
      { name: 'Olivine Foods', phone: '55512345' },
      [0.84, 'PHONE', 'NAME'],
    ],
    [
      'everything',
      { name: 'Amber Tools', phone: '777 12345', email: 'a@amber.example', website: 'https://amber.example' },
      { name: 'Amber Tools', phone: '77712345', email: 'a@amber.example', website: 'https://amber.example' },
      [0.99, 'EMAIL', 'PHONE', 'WEBSITE', 'NAME'],
    ],
  ]
  test.each(pairs)('are alike by %s', async (_, one, other, [score, ...rules]) => {
    const [id, twin] = [await make('customer', one), await make('customer', other)]
    expect(await duplicatesOf('customer', id)).toEqual([[twin, score, ...rules]])
    expect(await duplicatesOf('customer', twin)).toEqual([[id, score, ...rules]])
  })

  test('of similar names score less, and those of others nothing', async () => {
    const id = await make('customer', { name: 'Wilhelmsen Timber Trading' })
    const near = await make('customer', { name: 'Wilhelmsen Timber Traders' })
    await make('customer', { name: 'Wilhelmsen Steel' })
    const [[found, score] = []] = await duplicatesOf('customer', id, ', minimumScore: 0.3')
    expect(found).toBe(near)
    expect(score).toBeGreaterThan(0.36)
    expect(score).toBeLessThan(0.6)
    expect(await duplicatesOf('customer', id, ', minimumScore: 0.6')).toEqual([])
  })

  test('with a few digits, without a value, or deleted, are not', async () => {
    const id = await make('customer', { name: 'Dd', phone: '12345', email: 'gone@dd.example' })
    await make('customer', { name: 'Ww', phone: '12345' })
    await make('customer', { name: 'Vv' })
    const gone = await make('customer', { name: 'Uu', email: 'gone@dd.example' })
    await gateway.refusals('customerDelete', { id: gone })
    expect(await duplicatesOf('customer', id, ', minimumScore: 0')).toEqual([])
  })

  test('come with the likeliest first, as many as are asked for', async () => {
    const id = await make('customer', { name: 'Ee', email: 'e@ee.example', phone: '600 600 600' })
    const byPhone = await make('customer', { name: 'Tt', phone: '600600600' })
    const byBoth = await make('customer', { name: 'Ss', email: 'e@ee.example', phone: '600600600' })
    expect(await duplicatesOf('customer', id)).toEqual([
      [byBoth, 0.92, 'EMAIL', 'PHONE'],
      [byPhone, 0.6, 'PHONE'],
    ])
    expect(await duplicatesOf('customer', id, ', first: 1')).toHaveLength(1)
  })

  test('are found for an agent among own ones only', async () => {
    const email = 'shared@agents.example'
    const theirs = await make('customer', { name: 'Of Ada', email })
    const [own, other] = [
      await make('customer', { name: 'Of Ben', email }, agent),
      await make('customer', { name: 'Ben too', email }, agent),
    ]
    expect(await duplicatesOf('customer', own, '', agent)).toEqual([[other, 0.8, 'EMAIL']])
    expect(await duplicatesOf('customer', own)).toHaveLength(2)
    const answer = await gateway.data(
      'query ($id: ID!) { customerDuplicates(id: $id) { score } }',
      { id: theirs },
      agent,
    )
    expect(answer).toEqual({ customerDuplicates: null })
  })

  test('are looked for by an id that there is, and within bounds', async () => {
    const ask = async (args: string) =>
      codesOf(await gateway.ask(`{ customerDuplicates(id: "x"${args}) { score } }`))
    expect(await gateway.data('{ customerDuplicates(id: "nonsense") { score } }')).toEqual({
      customerDuplicates: null,
    })
    for (const wrong of [', minimumScore: 1.1', ', minimumScore: -0.1', ', first: 0', ', first: 101'])
      expect(await ask(wrong)).toEqual(['BAD_INPUT'])
  })
})

describe('contacts', () => {
  test('are alike by any of their numbers, and by name together with the company', async () => {
    const customerId = await make('customer', { name: 'Employer' })
    const id = await make('contact', { firstName: '伟', lastName: '王', customerId, mobile: '139 0000 1111' })
    const sameName = await make('contact', { firstName: '伟', lastName: '王', customerId })
    const samePhone = await make('contact', { lastName: 'Rossi', phone: '13900001111' })
    await make('contact', { firstName: '芳', lastName: '李', customerId })
    expect(await duplicatesOf('contact', id)).toEqual([
      [sameName, 0.76, 'NAME', 'COMPANY'],
      [samePhone, 0.5, 'PHONE'],
    ])
  })
})

describe('leads', () => {
  test('are alike by person and company, or by company where there is no person', async () => {
    const id = await make('lead', {
      firstName: 'Grace',
      lastName: 'Hopper',
      company: 'Navy Yard',
      website: 'https://navy.example',
    })
    const twin = await make('lead', {
      firstName: 'Grace',
      lastName: 'Hopper',
      company: 'NAVY YARD',
      website: 'https://navy.example',
    })
    await make('lead', {
      firstName: 'Alan',
      lastName: 'Turing',
      company: 'Navy Yard',
      website: 'https://navy.example',
    })
    expect(await duplicatesOf('lead', id)).toEqual([[twin, 0.856, 'WEBSITE', 'NAME', 'COMPANY']])
    const [one, two] = [
      await make('lead', { company: 'Nameless Ltd' }),
      await make('lead', { company: 'Nameless Ltd' }),
    ]
    expect(await duplicatesOf('lead', one)).toEqual([[two, 0.6, 'NAME']])
  })
})

describe('a new record that is like one that there is', () => {
  test.each([
    ['customer', { name: 'New one', email: 'taken@new.example' }],
    ['contact', { lastName: 'New one', email: 'taken@new.example' }],
    ['lead', { company: 'New one', email: 'taken@new.example' }],
  ])('is refused, and written when that is allowed: %s', async (entity, input) => {
    const id = await gateway.create(entity, input)
    const before = await gateway.rowsIn(upper(entity))
    const answer = await gateway.data(
      `mutation ($input: ${upper(entity)}CreateInput!) { done: ${entity}Create(input: $input) { ${entity} { id } userErrors { code message path } } }`,
      { input },
    )
    expect(valueAt(answer, `done.${entity}`)).toBeNull()
    expect(listAt(answer, 'done.userErrors')).toEqual([
      {
        code: 'DUPLICATE_FOUND',
        path: ['input'],
        message: expect.stringContaining(`${id} (0.92: EMAIL, NAME)`),
      },
    ])
    expect(await gateway.rowsIn(upper(entity))).toBe(before)
    await gateway.create(entity, { ...input, allowDuplicate: true })
    expect(await gateway.rowsIn(upper(entity))).toBe(before + 1)
  })

  test('by its name alone it is not, nor with a company that is the same', async () => {
    const customerId = await make('customer', { name: 'Both' })
    for (let round = 0; round < 2; round += 1) {
      expect(await gateway.refusals('customerCreate', { name: 'Twice' })).toEqual([])
      expect(await gateway.refusals('leadCreate', { company: 'Twice', lastName: 'Once' })).toEqual([])
      expect(await gateway.refusals('contactCreate', { lastName: 'Once', customerId })).toEqual([])
    }
  })

  test('is named to whoever may see it, three at most', async () => {
    const email = 'many@named.example'
    for (let index = 0; index < 5; index += 1) await make('customer', { name: `Named ${index}`, email })
    expect(await gateway.refusals('customerCreate', { name: 'Mine', email }, agent)).toEqual([])
    const answer = await gateway.data(
      'mutation ($email: String) { customerCreate(input: { name: "Named", email: $email }) { userErrors { message } } }',
      { email },
    )
    expect(textAt(answer, 'customerCreate.userErrors.0.message').match(/cus_/g)).toHaveLength(3)
  })

  test('is compared by one statement, and not by names', async () => {
    const create = (input: Values) => gateway.statementsOf(() => gateway.create('customer', input))
    const statements = await create({ name: 'Compared', email: 'one@compared.example' })
    const comparing = statements.filter(
      statement => statement.includes('jsonb_to_recordset') && statement.includes('scored'),
    )
    expect(comparing).toHaveLength(1)
    expect(comparing[0]).not.toContain('stored"."name" %')
    const allowed = await create({ name: 'Compared', email: 'two@compared.example', allowDuplicate: true })
    // Neither compared, nor waiting for those who make one like it.
    expect(allowed).toHaveLength(statements.length - 2)
  })

  test('is refused in the bulk that has it twice, and in one of those that send it at once', async () => {
    const items = [
      { name: 'First', email: 'bulk@same.example' },
      { name: 'Other', email: 'other@same.example' },
      { name: 'Second', email: 'BULK@same.example' },
      { name: 'Allowed', email: 'bulk@same.example', allowDuplicate: true },
    ]
    const answer = await gateway.data(
      `mutation ($items: [CustomerCreateInput!]!) { done: customerBulkCreate(input: { items: $items, errorPolicy: SKIP }) {
        results { status } userErrors { code message path } } }`,
      { items },
    )
    expect(listAt(answer, 'done.userErrors')).toEqual([
      {
        code: 'DUPLICATE_FOUND',
        path: ['input', 'items', '2'],
        message: expect.stringContaining('like this one: item 0 (0.8: EMAIL)'),
      },
    ])
    for (const [entity, input] of [
      ['customer', { name: 'Raced', phone: '040 98 76 54' }],
      ['contact', { lastName: 'Raced', email: 'raced@same.example' }],
      ['lead', { company: 'Raced', email: 'raced@same.example' }],
    ] as const) {
      const attempts = [1, 2, 3, 4].map(() => gateway.refusals(`${entity}Create`, input))
      expect((await Promise.all(attempts)).flat()).toEqual(Array(3).fill('DUPLICATE_FOUND input'))
    }
  })

  test('is found by a bulk in as many statements as by one alone', async () => {
    const bulk = (count: number) =>
      gateway.statementsOf(async () => {
        const items = Array.from({ length: count }, (_, index) => ({
          lastName: `Many ${index}`,
          email: `${index}.${count}@many.example`,
          phone: `${count} 000 ${1000 + index}`,
        }))
        const input = { items }
        expect(await gateway.refusals('contactBulkCreate', input)).toEqual([])
      })
    expect(await bulk(1000)).toHaveLength((await bulk(2)).length)
  })

  test('is not refused when another system sends it', async () => {
    const items = ['1', '2'].map(externalId => ({ externalId, name: 'Sent', email: 'sent@erp.example' }))
    expect(await gateway.refusals('customerBulkUpsert', { system: 'erp', items })).toEqual([])
  })
})
