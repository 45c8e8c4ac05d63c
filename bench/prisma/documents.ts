/** What the peers over Prisma are asked. */

export const nested = /* GraphQL */ `
  query Nested($customers: Int!, $contacts: Int!, $opportunities: Int!, $lines: Int!) {
    newestCustomers(first: $customers) {
      id
      name
      industry
      billingCity
      contacts(first: $contacts) {
        id
        firstName
        lastName
        email
      }
      opportunities(first: $opportunities) {
        id
        name
        amount
        expectedCloseDate
        lines(first: $lines) {
          id
          quantity
          unitPrice
        }
      }
    }
  }
`

export const byId = /* GraphQL */ `
  query ById($id: ID!) {
    customer(id: $id) {
      id
      name
      industry
      email
      annualRevenue
      createdAt
    }
  }
`

export const list = /* GraphQL */ `
  query List($first: Int!, $ownerId: ID!) {
    customers(first: $first, ownerId: $ownerId, type: CUSTOMER) {
      totalCount
      nodes {
        id
        name
        industry
        type
        email
        billingCity
        createdAt
      }
    }
  }
`

export const page = /* GraphQL */ `
  query Page($first: Int!, $after: String) {
    opportunities(first: $first, after: $after) {
      nodes {
        id
        name
        amount
        closedAt
      }
    }
  }
`

export const create = /* GraphQL */ `
  mutation Create($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      id
      name
    }
  }
`
