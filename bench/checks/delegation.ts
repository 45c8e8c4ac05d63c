/**
 * Prints what fields of a service elsewhere cost the gateway: CPU per operation of the GraphQL layer, in ms, for 20
 * customers of 3 contacts; the median of several rounds, interpreted and compiled. The service answers from memory in a
 * later turn, as text that is parsed, so that no CPU of its own is counted.
 *
 *     node bench/checks/delegation.ts
 */
import { type Context, remoteExtension } from '@trellis/sdk'
import { type ExecutionArgs, parse } from 'graphql'
import { compose } from '../../src/composition/index.ts'
import { createLevel, enterLevel } from '../../src/entity/look-ahead/level.ts'
import { compileOperation } from '../../src/gateway/compiled/compile-operation.ts'
import { interpretOperation } from '../../src/gateway/compiled/interpret-operation.ts'

const rounds = 9
const operations = 1000

const contacts = Array.from({ length: 3 }, (_, index) => ({ id: `con_${index}`, name: `Contact ${index}` }))
const customers = (_: unknown, { first }: { readonly first: number }) => {
  const level = createLevel()
  return Array.from({ length: first }, (_empty, index) => {
    const record = { id: `cus_${index}`, name: `Customer ${index}`, contacts }
    enterLevel(level, record, record.id)
    return record
  })
}
const core = {
  document: parse(`
    type Query { customers(first: Int = 20): [Customer!]! }
    type Customer { id: ID! name: String! contacts: [Contact!]! }
    type Contact { id: ID! name: String! }`),
  owners: new Map<string, string>(),
  resolvers: { Query: { customers } },
}

const reviews = remoteExtension({
  name: 'reviews',
  version: '1.0.0',
  url: 'http://localhost/graphql',
  schema: `
    type Query { reviewsCustomers(ids: [ID!]!): [Customer] reviewsTop(first: Int = 3): [ReviewsReview!] }
    type Customer { id: ID! reviewsScore: Float reviewsLatest(first: Int = 5): [ReviewsReview!] }
    type ReviewsReview { id: ID! rating: Int! body: String! }`,
  merge: { Customer: { key: 'id', lookup: 'reviewsCustomers(ids:)' } },
})

const review = { id: 'r1', rating: 4, body: 'Lorem ipsum dolor' }
const list = (length: number) => Array.from({ length }, () => review)
/** What the service answers: whatever was asked under these names. */
const answer = (ids: readonly string[]) =>
  ids.map(id => ({ _key_id: id, reviewsScore: 4.5, reviewsLatest: list(3), a: list(3), b: list(2) }))
const texts = new Map<string, string>()
const only = (document: string, record: object) =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([name]) => name === '_key_id' || new RegExp(`\\b${name}[:{( }]`).test(document),
    ),
  )
const callOf = () => ({
  async execute(
    {
      document,
      variables,
    }: { readonly document: string; readonly variables: Readonly<Record<string, unknown>> },
    _context: Context,
  ) {
    const ids = Array.isArray(variables['_0']) ? variables['_0'].map(String) : null
    const text =
      texts.get(document) ??
      JSON.stringify({ data: { _0: ids ? answer(ids).map(record => only(document, record)) : list(3) } })
    texts.set(document, text)
    await new Promise(resolve => setImmediate(resolve))
    return JSON.parse(text)
  },
  subscribe: () => {
    throw new Error('There are no subscriptions.')
  },
})

const local = 'customers(first: $first) { id name contacts { id name }'
const questions = {
  'no remote field': `query ($first: Int!) { ${local} } }`,
  'a number': `query ($first: Int!) { ${local} reviewsScore } }`,
  'a list of three objects': `query ($first: Int!) { ${local} reviewsLatest(first: 3) { id rating body } } }`,
  both: `query ($first: Int!) { ${local} reviewsScore reviewsLatest(first: 3) { id rating body } } }`,
  'two aliases of the list': `query ($first: Int!) { ${local} a: reviewsLatest(first: 3) { id rating body } b: reviewsLatest(first: 2) { id rating body } } }`,
  'a root field': '{ reviewsTop(first: 3) { id rating body } }',
}

async function measure(run: () => unknown): Promise<number> {
  const figures: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const from = process.cpuUsage()
    for (let time = 0; time < operations; time += 1) await run()
    const { user, system } = process.cpuUsage(from)
    // The first round is for the compiler.
    if (round > 0) figures.push((user + system) / 1000 / operations)
  }
  return figures.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN
}

for (const [what, extensions] of [
  ['without the service', []],
  ['with the service', [reviews]],
] as const) {
  const { schema } = compose({ core, extensions, trellisVersion: '1.0.0', callOf })
  for (const [name, question] of Object.entries(questions)) {
    if (extensions.length === 0 && name !== 'no remote field') continue
    const document = parse(question)
    const compiled = compileOperation(schema, document, null)
    const argsOf = (): ExecutionArgs => ({
      schema,
      document,
      variableValues: { first: 20 },
      contextValue: {},
    })
    const result = await interpretOperation(argsOf())
    if (result.errors) throw new Error(JSON.stringify(result.errors))
    const interpretedMs = await measure(() => interpretOperation(argsOf()))
    const compiledMs = await measure(() => compiled?.(argsOf()))
    process.stdout.write(
      `${what}, ${name}: ${interpretedMs.toFixed(3)} interpreted, ${compiledMs.toFixed(3)} compiled\n`,
    )
  }
}
