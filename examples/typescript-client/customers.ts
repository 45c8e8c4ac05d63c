import type { Client } from './client.ts'
import { graphql } from './generated/gql.ts'
import type { CustomerCreateInput, CustomersPageQuery } from './generated/graphql.ts'

const CustomersPage = graphql(`
  query CustomersPage($first: Int!, $after: String, $filter: CustomerFilter) {
    customers(first: $first, after: $after, filter: $filter, orderBy: [{ field: NAME }]) {
      nodes {
        id
        name
        industry
        lifecycleStage
        owner { name }
        opportunities(first: 3, filter: { closedAt: { isNull: true } }) {
          totalCount
          nodes { name amount currency }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

const CreateCustomer = graphql(`
  mutation CreateCustomer($input: CustomerCreateInput!) {
    customerCreate(input: $input) {
      customer { id name version }
      userErrors { code message path }
    }
  }
`)

export type ListedCustomer = CustomersPageQuery['customers']['nodes'][number]

/** All customers that fit, page after page, as far as they are asked for. */
export async function* allCustomers(
  client: Client,
  { pageSize = 20, nameContains }: { readonly pageSize?: number; readonly nameContains?: string } = {},
): AsyncGenerator<ListedCustomer> {
  let after: string | null = null
  do {
    const { customers }: CustomersPageQuery = await client.ask(CustomersPage, {
      first: pageSize,
      after,
      filter: nameContains === undefined ? null : { name: { contains: nameContains } },
    })
    yield* customers.nodes
    after = customers.pageInfo.hasNextPage ? (customers.pageInfo.endCursor ?? null) : null
  } while (after !== null)
}

/** What became of a form that was sent. */
export type Submitted =
  | { readonly kind: 'created'; readonly id: string }
  /** What to show beside each field of the form; `''` for the form as a whole. */
  | { readonly kind: 'refused'; readonly messages: Readonly<Record<string, string>> }

/** Creates a customer once, however often it is sent with the same key: a form makes one when it is opened. */
export async function createCustomer(
  client: Client,
  input: CustomerCreateInput,
  idempotencyKey: string,
): Promise<Submitted> {
  const { customerCreate } = await client.ask(CreateCustomer, { input }, { idempotencyKey })
  const userErrors = customerCreate?.userErrors ?? []
  const customer = customerCreate?.customer
  if (customer && userErrors.length === 0) return { kind: 'created', id: customer.id }
  return {
    kind: 'refused',
    // Paths begin with the argument: ["input", "email"] is the form's field "email".
    messages: Object.fromEntries(userErrors.map(({ path, message }) => [path.slice(1).join('.'), message])),
  }
}
