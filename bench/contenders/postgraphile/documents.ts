/** What PostGraphile is asked. Deleted records are left out by a condition: the cheapest way it has. */

export const nested = /* GraphQL */ `
  query Nested($customers: Int!, $contacts: Int!, $opportunities: Int!, $lines: Int!) {
    customersList(first: $customers, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], condition: { deletedAt: null }) {
      rowId
      name
      industry
      billingCity
      contactsList(first: $contacts, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], condition: { deletedAt: null }) {
        rowId
        firstName
        lastName
        email
      }
      opportunitiesList(
        first: $opportunities
        orderBy: [CREATED_AT_DESC, ROW_ID_DESC]
        condition: { deletedAt: null }
      ) {
        rowId
        name
        amount
        expectedCloseDate
        opportunityLinesList(first: $lines, orderBy: [POSITION_ASC], condition: { deletedAt: null }) {
          rowId
          quantity
          unitPrice
        }
      }
    }
  }
`

export const byId = /* GraphQL */ `
  query ById($id: String!) {
    customer(rowId: $id) {
      rowId
      name
      industry
      email
      annualRevenue
      createdAt
    }
  }
`

export const list = /* GraphQL */ `
  query List($ownerId: String!, $first: Int!) {
    customers(
      first: $first
      orderBy: [NAME_ASC, ROW_ID_ASC]
      condition: { ownerId: $ownerId, type: CUSTOMER, deletedAt: null }
    ) {
      totalCount
      nodes {
        rowId
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
  query Page($first: Int!, $after: Cursor) {
    opportunities(
      first: $first
      after: $after
      orderBy: [CREATED_AT_DESC, ROW_ID_DESC]
      condition: { deletedAt: null }
    ) {
      nodes {
        rowId
        name
        amount
        closedAt
      }
    }
  }
`

/** The cursor of one opportunity in the order of `page`. */
export const cursorOf = /* GraphQL */ `
  query CursorOf($id: String!) {
    opportunities(
      first: 1
      orderBy: [CREATED_AT_DESC, ROW_ID_DESC]
      condition: { rowId: $id, deletedAt: null }
    ) {
      edges {
        cursor
      }
    }
  }
`

export const create = /* GraphQL */ `
  mutation Create($customer: CustomerInput!) {
    createCustomer(input: { customer: $customer }) {
      customer {
        rowId
        name
      }
    }
  }
`

/** The stages of type WON; there is no condition over a relation. */
export const wonStages = /* GraphQL */ `
  query WonStages {
    pipelineStagesList(condition: { type: WON }) {
      rowId
    }
  }
`

/** All groups: pg-aggregates has no limit and no order for them. */
export const aggregate = /* GraphQL */ `
  query Aggregate($stageId: String!) {
    opportunities(condition: { stageId: $stageId, deletedAt: null }) {
      groupedAggregates(groupBy: [CLOSED_AT_TRUNCATED_TO_MONTH, OWNER_ID]) {
        keys
        count {
          rowId
        }
        sum {
          amount
        }
      }
    }
  }
`
