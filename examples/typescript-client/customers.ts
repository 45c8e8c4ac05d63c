import type { Client } from './client.ts'
import { graphql } from './generated/gql.ts'
import type {
  CreateCustomerMutation,
  CustomerCreateInput,
  CustomerDeleteInput,
  CustomersPageQuery,
} from './generated/graphql.ts'

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

const DeleteCustomer = graphql(`
  mutation DeleteCustomer($input: CustomerDeleteInput!) {
    customerDelete(input: $input) {
      customer { id name version }
      userErrors { code message path }
    }
  }
`)

export type ListedCustomer = CustomersPageQuery['customers']['nodes'][number]

export interface ListOptions {
  /** 1 to 100. @default 20 */
  readonly pageSize?: number
  /** In any case; all customers unless given. */
  readonly nameContains?: string
}

/** All customers that fit, by name, page after page, as far as they are asked for. */
export async function* allCustomers(
  client: Client,
  { pageSize = 20, nameContains }: ListOptions = {},
): AsyncGenerator<ListedCustomer> {
  let after: string | null = null
  do {
    const { customers }: CustomersPageQuery = await client.ask(CustomersPage, {
      first: pageSize,
      after,
      filter: nameContains === undefined ? null : { name: { contains: nameContains } },
    })
    yield* customers.nodes
    after = customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null
  } while (after !== null)
}

/** What became of a form that was sent. */
export type Submitted =
  | { readonly kind: 'done'; readonly id: string; readonly version: number }
  /** What to show beside each field of the form; beside `''`, what is wrong with it as a whole. */
  | { readonly kind: 'refused'; readonly messages: Readonly<Record<string, readonly string[]>> }

/** Creates a customer once, however often it is sent with the same key: a form makes one when it is opened. */
export async function createCustomer(
  client: Client,
  input: CustomerCreateInput,
  idempotencyKey: string,
): Promise<Submitted> {
  const { customerCreate } = await client.ask(CreateCustomer, { input }, { idempotencyKey })
  return submitted(customerCreate)
}

/** Deletes a customer unless somebody has written it since that version was read. It can be restored. */
export async function deleteCustomer(
  client: Client,
  input: CustomerDeleteInput,
  idempotencyKey: string,
): Promise<Submitted> {
  const { customerDelete } = await client.ask(DeleteCustomer, { input }, { idempotencyKey })
  return submitted(customerDelete)
}

function submitted(payload: CreateCustomerMutation['customerCreate']): Submitted {
  const { customer, userErrors } = payload ?? { customer: null, userErrors: [] }
  if (customer) return { kind: 'done', id: customer.id, version: customer.version }
  // Paths begin with the argument: ["input", "email"] is the form's field "email".
  const byField = Map.groupBy(userErrors, ({ path }) => path.slice(1).join('.'))
  return {
    kind: 'refused',
    messages: Object.fromEntries(
      [...byField].map(([field, errors]) => [field, errors.map(({ message }) => message)]),
    ),
  }
}
