import type { Asking, Contender } from '../contenders/contender.ts'
import { dataOf } from '../contenders/spelling.ts'
import * as documents from './documents.ts'

/**
 * What is asked of a peer over Prisma. All of them have the same schema, and their scalars spell
 * values as the scenarios do, so that answers need no conversion.
 *
 * @param cursorOf the server's cursor of a record
 */
export const askingsOver =
  (cursorOf: (record: { readonly createdAt: string; readonly id: string }) => string): Contender['askings'] =>
  async ({ customerId, ownerId, deepAfter }) => ({
    nested: asking<{ newestCustomers: unknown }>(
      documents.nested,
      { customers: 20, contacts: 3, opportunities: 5, lines: 3 },
      ({ newestCustomers }) => newestCustomers,
    ),
    byId: asking<{ customer: unknown }>(documents.byId, { id: customerId }, ({ customer }) => customer),
    list: asking<{ customers: unknown }>(
      documents.list,
      { first: 100, ownerId },
      ({ customers }) => customers,
    ),
    firstPage: page(null),
    deepPage: page(cursorOf(deepAfter)),
    create: {
      request: n => ({
        body: JSON.stringify({
          query: documents.create,
          variables: {
            input: { name: `Created ${n}`, email: `created${n}@example.com`, industry: 'Software' },
          },
        }),
      }),
      read: body => dataOf<{ createCustomer: unknown }>(body).createCustomer,
    },
  })

const page = (after: string | null) =>
  asking<{ opportunities: { nodes: unknown } }>(
    documents.page,
    { first: 100, after },
    ({ opportunities }) => opportunities.nodes,
  )

/** The same request each time. */
const asking = <Data>(query: string, variables: object, read: (data: Data) => unknown): Asking => {
  const request = { body: JSON.stringify({ query, variables }) }
  return { request: () => request, read: body => read(dataOf<Data>(body)) }
}
