import { describe, expect, test } from 'vitest'
import { coreWithLevels, executors, schemaWithReviews } from '../fixtures/reviews.ts'
import { type NotedTransport, transportOf } from '../fixtures/service.ts'

const source = '{ customers(first: 2) { name reviewsScore reviewsLatest(first: 1) { id rating body } } }'

/** What a service answers for the two customers of `source`, whatever it was asked. */
const answering = (lookup: unknown, errors?: unknown): NotedTransport =>
  transportOf(() => ({ data: { _0: lookup }, errors }))

const review = { id: '1', rating: 5, body: 'Good.' }
const good = (id: string) => ({ _key_id: id, reviewsScore: 1, reviewsLatest: [review] })
const whole = (name: string) => ({ name, reviewsScore: 1, reviewsLatest: [review] })
const both = [whole('Customer 0'), whole('Customer 1')]
const missing = (name: string) => ({ name, reviewsScore: null, reviewsLatest: null })
const error = (path: readonly (string | number)[], message: string) => ({ path, message })
const failed = (path: readonly (string | number)[], says: string, coordinate: string) =>
  error(path, `The extension reviews failed to answer ${coordinate}: ${says}.`)

type Path = readonly (string | number)[]

interface Fault {
  readonly answer: NotedTransport
  readonly customers: readonly unknown[]
  readonly errors: readonly { readonly path: Path; readonly message: string }[]
}

/** The same error for both fields of some customers. */
const ofAll = (indexes: readonly number[], says: string): Fault['errors'] =>
  indexes.flatMap(index => [
    failed(['customers', index, 'reviewsLatest'], says, 'Customer.reviewsLatest'),
    failed(['customers', index, 'reviewsScore'], says, 'Customer.reviewsScore'),
  ])
const masked = (indexes: readonly number[]): Fault['errors'] =>
  ofAll(indexes, '').map(({ path, message }) => ({ path, message: message.replace(': .', '.') }))
const noneOfBoth = [missing('Customer 0'), missing('Customer 1')]

const deep = (levels: number): unknown => (levels === 0 ? 'junk' : { junk: [deep(levels - 1)] })

const faults: Readonly<Record<string, Fault>> = {
  'in another order': { answer: answering([good('cus_1'), good('cus_0')]), customers: both, errors: [] },
  long: { answer: answering([good('cus_9'), good('cus_0'), good('cus_1')]), customers: both, errors: [] },
  'with fields that nobody asked for': {
    answer: answering([{ ...good('cus_0'), __proto__: { x: 1 }, junk: deep(10) }, good('cus_1')]),
    customers: both,
    errors: [],
  },
  short: {
    answer: answering([good('cus_1')]),
    customers: [missing('Customer 0'), whole('Customer 1')],
    errors: ofAll([0], 'reviewsCustomers answered nothing for one of its keys'),
  },
  'null for one': {
    answer: answering([null, good('cus_1')]),
    customers: [missing('Customer 0'), whole('Customer 1')],
    errors: [],
  },
  'the key of another': {
    answer: answering([good('cus_7'), good('cus_1')]),
    customers: [missing('Customer 0'), whole('Customer 1')],
    errors: ofAll([0], 'reviewsCustomers answered nothing for one of its keys'),
  },
  'no list': {
    answer: answering({ 0: good('cus_0') }),
    customers: noneOfBoth,
    errors: ofAll([0, 1], 'reviewsCustomers answered no list'),
  },
  'nothing at all': {
    answer: transportOf(() => null),
    customers: noneOfBoth,
    errors: ofAll([0, 1], 'it answered nothing'),
  },
  'a text': {
    answer: transportOf(() => 'junk'),
    customers: noneOfBoth,
    errors: ofAll([0, 1], 'it answered nothing'),
  },
  'ten levels of junk': {
    answer: answering([deep(10), good('cus_1')]),
    customers: [missing('Customer 0'), whole('Customer 1')],
    errors: ofAll([0], 'reviewsCustomers answered nothing for one of its keys'),
  },
  'values of other types': {
    answer: answering([
      { ...good('cus_0'), reviewsScore: 'high', reviewsLatest: 'none' },
      { ...good('cus_1'), reviewsScore: [1], reviewsLatest: [{ id: '1', rating: 5, body: { a: 1 } }] },
    ]),
    customers: [
      missing('Customer 0'),
      { name: 'Customer 1', reviewsScore: null, reviewsLatest: [{ ...review, body: null }] },
    ],
    errors: [
      failed(
        ['customers', 0, 'reviewsLatest'],
        'it answered a value of type string where the type is [ReviewsReview!]',
        'Customer.reviewsLatest',
      ),
      failed(
        ['customers', 0, 'reviewsScore'],
        'it answered a value of type string where the type is Float',
        'Customer.reviewsScore',
      ),
      failed(
        ['customers', 1, 'reviewsLatest', 0, 'body'],
        'it answered a value of type object where the type is String',
        'ReviewsReview.body',
      ),
      failed(
        ['customers', 1, 'reviewsScore'],
        'it answered a list where the type is Float',
        'Customer.reviewsScore',
      ),
    ],
  },
  'null where its type has none': {
    answer: answering([
      { ...good('cus_0'), reviewsLatest: [{ ...review, rating: null }] },
      { ...good('cus_1'), reviewsLatest: [null] },
    ]),
    customers: [
      { ...whole('Customer 0'), reviewsLatest: null },
      { ...whole('Customer 1'), reviewsLatest: null },
    ],
    errors: [
      failed(
        ['customers', 0, 'reviewsLatest', 0, 'rating'],
        'it answered null where the type is Int!',
        'ReviewsReview.rating',
      ),
      failed(
        ['customers', 1, 'reviewsLatest', 0],
        'it answered null where the type is ReviewsReview!',
        'Customer.reviewsLatest',
      ),
    ],
  },
  'a field left out': {
    answer: answering([{ _key_id: 'cus_0', reviewsLatest: [review] }, good('cus_1')]),
    customers: [{ ...whole('Customer 0'), reviewsScore: null }, whole('Customer 1')],
    errors: [failed(['customers', 0, 'reviewsScore'], 'it left the field out', 'Customer.reviewsScore')],
  },
  'an unexpected error at a field': {
    answer: answering(
      [{ ...good('cus_0'), reviewsScore: null }, good('cus_1')],
      [{ message: 'secret', path: ['_0', 0, 'reviewsScore'] }],
    ),
    customers: [{ ...whole('Customer 0'), reviewsScore: null }, whole('Customer 1')],
    errors: [
      error(
        ['customers', 0, 'reviewsScore'],
        'The extension reviews failed to answer Customer.reviewsScore.',
      ),
    ],
  },
  'a failure of the whole': {
    answer: transportOf(() => ({ data: null, errors: [{ message: 'secret' }] })),
    customers: noneOfBoth,
    errors: masked([0, 1]),
  },
  'a refusal of the document, which is ours': {
    answer: transportOf(() => ({
      errors: [{ message: 'Cannot query field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    })),
    customers: noneOfBoth,
    errors: masked([0, 1]),
  },
  'errors that are none': {
    answer: answering(
      [good('cus_0'), { ...good('cus_1'), reviewsScore: null }],
      [
        null,
        7,
        { path: 'x' },
        { path: [{}], message: {} },
        { path: ['__proto__', 'toString', '__proto__'], message: 'x' },
      ],
    ),
    customers: [whole('Customer 0'), { ...whole('Customer 1'), reviewsScore: null }],
    errors: [],
  },
}

describe.each(executors)('under %s', (_, run) => {
  test.each(Object.entries(faults))(
    'an answer that is %s costs what is wrong with it',
    async (_how, { answer, customers, errors: expected }) => {
      const { data, errors = [] } = await run(schemaWithReviews(answer, coreWithLevels()), source)
      expect(data).toEqual({ customers })
      expect(
        errors
          .map(({ path, message }) => ({ path, message }))
          .toSorted((one, other) => JSON.stringify(one.path).localeCompare(JSON.stringify(other.path))),
      ).toEqual(expected)
      for (const { extensions } of errors)
        expect(extensions).toEqual({ code: 'EXTENSION_FAILED', extension: 'reviews', retryable: false })
      expect(Object.prototype).not.toHaveProperty('x')
    },
  )

  test('a call that fails costs its fields', async () => {
    const broken = transportOf(() => {
      throw new Error('ECONNREFUSED 10.0.0.1')
    })
    const { data, errors = [] } = await run(schemaWithReviews(broken, coreWithLevels()), source)
    expect(data).toEqual({ customers: noneOfBoth })
    expect(errors).toHaveLength(4)
    expect(errors.map(({ message }) => message).join()).not.toContain('ECONNREFUSED')
    expect(errors.map(({ extensions }) => extensions['extension'])).toEqual(Array(4).fill('reviews'))
  })

  test('a refusal keeps its message and its code, and nothing else', async () => {
    const extensions = { code: 'REVIEWS_CLOSED', stacktrace: ['secret'], http: { status: 401 } }
    const refusing = answering(
      [{ ...good('cus_0'), reviewsScore: null }, good('cus_1')],
      [{ message: 'No reviews today.', path: ['_0', 0, 'reviewsScore'], extensions }],
    )
    const { errors = [] } = await run(schemaWithReviews(refusing, coreWithLevels()), source)
    expect(errors.map(({ message, path, extensions: shown }) => ({ message, path, shown }))).toEqual([
      {
        message: 'No reviews today.',
        path: ['customers', 0, 'reviewsScore'],
        shown: { code: 'REVIEWS_CLOSED', extension: 'reviews' },
      },
    ])
  })

  test('an abstract type that is none, and a record without a key', async () => {
    const wrong = transportOf(() => ({
      data: {
        _0: [
          { id: '1', customer: 'cus_1' },
          { id: '2', customer: { _key_id: {} } },
        ],
      },
    }))
    const { data, errors = [] } = await run(
      schemaWithReviews(wrong),
      '{ reviewsTop { id customer { name } } }',
    )
    expect(data).toEqual({
      reviewsTop: [
        { id: '1', customer: null },
        { id: '2', customer: null },
      ],
    })
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual([
      'EXTENSION_FAILED',
      'EXTENSION_FAILED',
    ])
  })
})
