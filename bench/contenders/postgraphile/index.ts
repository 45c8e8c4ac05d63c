import { typeid } from 'typeid-js'
import type { Asking, Contender } from '../contender.ts'
import { dataOf, decimal, instant } from '../spelling.ts'
import * as documents from './documents.ts'

interface Row {
  readonly rowId: string
}

type RowWith<Key extends string> = Row & { readonly [key in Key]: string }

interface CustomerTree extends RowWith<'name' | 'industry' | 'billingCity'> {
  readonly contactsList: readonly RowWith<'firstName' | 'lastName' | 'email'>[]
  readonly opportunitiesList: readonly OpportunityTree[]
}

interface OpportunityTree extends RowWith<'name' | 'amount' | 'expectedCloseDate'> {
  readonly opportunityLinesList: readonly RowWith<'quantity' | 'unitPrice'>[]
}

interface Group {
  readonly keys: readonly [month: string, ownerId: string]
  readonly count: { readonly rowId: string }
  readonly sum: { readonly amount: string }
}

export const postgraphile: Contender = {
  name: 'postgraphile',
  label: 'PostGraphile 5.1, amber preset, lists, pg-aggregates',
  server: {
    file: new URL('server.ts', import.meta.url).pathname,
    environment: { GRAPHILE_ENV: 'production' },
  },
  askings: async ({ customerId, ownerId, deepAfter }, url) => {
    const { opportunities } = await ask<{ opportunities: { edges: readonly { cursor: string }[] } }>(
      url,
      documents.cursorOf,
      { id: deepAfter.id },
    )
    const { pipelineStagesList } = await ask<{ pipelineStagesList: readonly Row[] }>(
      url,
      documents.wonStages,
      {},
    )
    const [wonStage] = pipelineStagesList
    if (pipelineStagesList.length !== 1 || wonStage === undefined)
      throw new Error(`expected one stage of type WON, got ${pipelineStagesList.length}`)

    return {
      nested: asking<{ customersList: readonly CustomerTree[] }>(
        documents.nested,
        { customers: 20, contacts: 3, opportunities: 5, lines: 3 },
        ({ customersList }) => customersList.map(customer),
      ),
      byId: asking<{ customer: RowWith<'annualRevenue' | 'createdAt'> }>(
        documents.byId,
        { id: customerId },
        ({ customer: { rowId, annualRevenue, createdAt, ...rest } }) => ({
          id: rowId,
          ...rest,
          annualRevenue: decimal(annualRevenue),
          createdAt: instant(createdAt),
        }),
      ),
      list: asking<{ customers: { totalCount: number; nodes: readonly RowWith<'createdAt'>[] } }>(
        documents.list,
        { ownerId, first: 100 },
        ({ customers: { totalCount, nodes } }) => ({
          totalCount,
          nodes: nodes.map(({ rowId, createdAt, ...rest }) => ({
            id: rowId,
            ...rest,
            createdAt: instant(createdAt),
          })),
        }),
      ),
      firstPage: page(null),
      deepPage: page(opportunities.edges[0]?.cursor ?? null),
      // The table has no default for its id: whoever inserts supplies it.
      create: {
        request: n => ({
          body: JSON.stringify({
            query: documents.create,
            variables: {
              customer: {
                rowId: typeid('cus').toString(),
                name: `Created ${n}`,
                email: `created${n}@example.com`,
                industry: 'Software',
              },
            },
          }),
        }),
        read: body => {
          const { rowId, name } = dataOf<{ createCustomer: { customer: RowWith<'name'> } }>(body)
            .createCustomer.customer
          return { id: rowId, name }
        },
      },
      aggregate: asking<{ opportunities: { groupedAggregates: readonly Group[] } }>(
        documents.aggregate,
        { stageId: wonStage.rowId },
        ({ opportunities: { groupedAggregates } }) =>
          groupedAggregates
            .map(({ keys: [month, group], count, sum }) => ({
              month: month.slice(0, 7),
              ownerId: group,
              count: Number(count.rowId),
              amount: decimal(sum.amount),
            }))
            .sort((a, b) => compare(a.month, b.month) || compare(a.ownerId, b.ownerId))
            .slice(0, 1000),
      ),
    }
  },
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const customer = ({ rowId, contactsList, opportunitiesList, ...rest }: CustomerTree) => ({
  id: rowId,
  ...rest,
  contacts: contactsList.map(({ rowId, ...contact }) => ({ id: rowId, ...contact })),
  opportunities: opportunitiesList.map(({ rowId, amount, opportunityLinesList, ...opportunity }) => ({
    id: rowId,
    ...opportunity,
    amount: decimal(amount),
    lines: opportunityLinesList.map(line => ({
      id: line.rowId,
      quantity: decimal(line.quantity),
      unitPrice: decimal(line.unitPrice),
    })),
  })),
})

const page = (after: string | null) =>
  asking<{ opportunities: { nodes: readonly RowWith<'name' | 'amount' | 'closedAt'>[] } }>(
    documents.page,
    { first: 100, after },
    ({ opportunities: { nodes } }) =>
      nodes.map(({ rowId, amount, closedAt, ...rest }) => ({
        id: rowId,
        ...rest,
        amount: decimal(amount),
        closedAt: instant(closedAt),
      })),
  )

/** The same request each time. */
const asking = <Data>(query: string, variables: object, read: (data: Data) => unknown): Asking => {
  const request = { body: JSON.stringify({ query, variables }) }
  return { request: () => request, read: body => read(dataOf<Data>(body)) }
}

const ask = async <Data>(url: string, query: string, variables: object): Promise<Data> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return dataOf<Data>(await response.json())
}
