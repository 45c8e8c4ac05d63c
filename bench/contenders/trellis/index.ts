import { join } from 'node:path'
import { type Facts, keyOf, type people } from '../../data/facts.ts'
import type { Asking, Askings, Contender } from '../contender.ts'
import { dataOf } from '../spelling.ts'
import { documents } from './documents.ts'
import { reviewsFile } from './remotes.ts'

type Person = keyof typeof people

const headersOf = (person: Person) => ({ authorization: `Bearer ${keyOf(person)}` })

const asking = <Data>(
  person: Person,
  query: string,
  variables: object,
  read: (data: Data) => unknown,
): Asking => {
  const request = { headers: headersOf(person), body: JSON.stringify({ query, variables }) }
  return { request: () => request, read: body => read(dataOf<Data>(body)) }
}

interface Nodes<Node> {
  readonly nodes: readonly Node[]
}

type Customer = Readonly<Record<string, unknown>> & {
  readonly contacts: Nodes<unknown>
  readonly opportunities: Nodes<unknown>
}

const nested = (person: Person): Asking =>
  asking<{ customers: Nodes<Customer> }>(
    person,
    documents.nested,
    { customers: 20, contacts: 3, opportunities: 5, lines: 3 },
    ({ customers }) =>
      customers.nodes.map(customer => ({
        ...customer,
        contacts: customer.contacts.nodes,
        opportunities: customer.opportunities.nodes,
      })),
  )

const page = (after: string | null): Asking =>
  asking<{ opportunities: Nodes<unknown> }>(
    'administrator',
    documents.page,
    { first: 100, after },
    ({ opportunities }) => opportunities.nodes,
  )

/** The cursor of a record is that of a list in the same order which ends with it. */
async function cursorOf({ deepAfter }: Facts, url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf('administrator') },
    body: JSON.stringify({ query: documents.cursor, variables: { filter: { id: { eq: deepAfter.id } } } }),
  })
  const { opportunities } = dataOf<{ opportunities: { pageInfo: { endCursor: string } } }>(
    await response.json(),
  )
  return opportunities.pageInfo.endCursor
}

interface Group {
  readonly count: number
  readonly sum: { readonly amount: string }
  readonly group: { readonly closedAt: string; readonly owner: { readonly id: string } }
}

const core = async (facts: Facts, url: string): Promise<Askings> => ({
  nested: nested('administrator'),
  byId: asking<{ customer: unknown }>(
    'administrator',
    documents.byId,
    { id: facts.customerId },
    ({ customer }) => customer,
  ),
  list: asking<{ customers: unknown }>(
    'administrator',
    documents.list,
    {
      first: 100,
      filter: { ownerId: { eq: facts.ownerId }, type: { eq: 'CUSTOMER' } },
      orderBy: [{ field: 'NAME', direction: 'ASC' }],
    },
    ({ customers }) => customers,
  ),
  firstPage: page(null),
  deepPage: page(await cursorOf(facts, url)),
  create: {
    request: n => ({
      headers: headersOf('administrator'),
      body: JSON.stringify({
        query: documents.create,
        variables: {
          input: { name: `Created ${n}`, email: `created${n}@example.com`, industry: 'Software' },
        },
      }),
    }),
    read: body => dataOf<{ customerCreate: { customer: unknown } }>(body).customerCreate.customer,
  },
  bulkUpsert: {
    request: n => ({
      headers: headersOf('administrator'),
      body: JSON.stringify({
        query: documents.bulkUpsert,
        variables: {
          input: {
            system: 'bench',
            items: Array.from({ length: 1000 }, (_, index) => ({
              externalId: String(index),
              name: `Upserted ${index} at ${n}`,
              email: `upserted${index}@example.com`,
            })),
          },
        },
      }),
    }),
    read: body =>
      dataOf<{ customerBulkUpsert: { results: readonly { id: string | null }[] } }>(
        body,
      ).customerBulkUpsert.results.filter(({ id }) => id !== null).length,
  },
  aggregate: asking<{ opportunities: { aggregate: readonly Group[] } }>(
    'administrator',
    documents.aggregate,
    { filter: { stage: { type: { eq: 'WON' } } }, first: 1000 },
    ({ opportunities }) =>
      opportunities.aggregate.map(({ count, sum, group }) => ({
        month: group.closedAt.slice(0, 7),
        ownerId: group.owner.id,
        count,
        amount: sum.amount,
      })),
  ),
})

const file = join(import.meta.dirname, 'server.ts')

const withExtensions = (
  name: string,
  label: string,
  set: string,
  askings: Contender['askings'],
  asks: Contender['asks'] = {},
): Contender => ({
  name,
  label,
  server: { file, environment: { EXTENSIONS: set } },
  asks,
  askings,
})

/** The product as it comes, with its two extensions. */
export const trellis = withExtensions('trellis', 'Trellis with 2 extensions', 'installed', core)

export const trellisWithout = withExtensions('trellis-0', 'Trellis without extensions', 'none', core)

export const trellisWithTwenty = withExtensions(
  'trellis-20',
  'Trellis with 20 extensions that nothing asks for',
  'twenty',
  core,
)

/** The service that remote extensions are about. */
export const reviewsServer = { file: reviewsFile }

/** Trellis alone, for who stands in front of it. */
export const coreServer = { file, environment: { EXTENSIONS: 'none' } }

export const trellisWithRemotes = withExtensions(
  'trellis-remotes',
  'Trellis with 2 remote extensions that nothing asks for',
  'two-remotes',
  core,
  { REVIEWS_URL: reviewsServer },
)

/** Asked by somebody who sees what is their own: the same rows, since those asked for are. */
export const trellisAsAgent = withExtensions(
  'trellis-agent',
  'Trellis with 2 extensions, asked by an agent (OWN)',
  'installed',
  async () => ({ nested: nested('agent') }),
)

export const trellisFields = withExtensions(
  'trellis-fields',
  'Trellis with an extension of ten fields',
  'ten-fields',
  async () => ({ extensionFields: tenFields({ headers: headersOf('administrator') }) }),
)

/** 20 customers, with a field of a service elsewhere, and without. */
export const remoteAskings = async (): Promise<Askings> => ({
  withoutRemote: customersOf(documents.withoutRemote),
  remote: customersOf(documents.remote),
})

export const trellisRemote = withExtensions(
  'trellis-remote',
  'Trellis with a remote extension',
  'remote',
  remoteAskings,
  { REVIEWS_URL: reviewsServer },
)

type TenFields = Readonly<Record<`benchField${number}`, string>> & { readonly name: string }

const customersOf = (query: string): Asking =>
  asking<{ customers: Nodes<unknown> }>(
    'administrator',
    query,
    { customers: 20 },
    ({ customers }) => customers.nodes,
  )

/** The same question for the hand-written server. */
export const tenFields = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): Asking => ({
  request: () => ({
    headers,
    body: JSON.stringify({ query: documents.extensionFields, variables: { customers: 20 } }),
  }),
  read: body =>
    dataOf<{ customers: Nodes<TenFields> }>(body).customers.nodes.map(customer => ({
      name: customer.name,
      fields: Array.from({ length: 10 }, (_, index) => customer[`benchField${index}`]),
    })),
})
