/** What a client of Trellis sends; values are variables, as client libraries send them. */
export const documents = {
  nested: `query Nested($customers: Int!, $contacts: Int!, $opportunities: Int!, $lines: Int!) {
    customers(first: $customers) {
      nodes {
        id name industry billingCity
        contacts(first: $contacts) { nodes { id firstName lastName email } }
        opportunities(first: $opportunities) {
          nodes { id name amount expectedCloseDate lines(first: $lines) { id quantity unitPrice } }
        }
      }
    }
  }`,
  byId: `query ById($id: ID!) { customer(id: $id) { id name industry email annualRevenue createdAt } }`,
  list: `query List($first: Int!, $filter: CustomerFilter, $orderBy: [CustomerOrder!]) {
    customers(first: $first, filter: $filter, orderBy: $orderBy) {
      totalCount
      nodes { id name industry type email billingCity createdAt }
    }
  }`,
  page: `query Page($first: Int!, $after: String) {
    opportunities(first: $first, after: $after) { nodes { id name amount closedAt } }
  }`,
  cursor: `query Cursor($filter: OpportunityFilter) {
    opportunities(first: 1, filter: $filter) { pageInfo { endCursor } }
  }`,
  extensionFields: `query Fields($customers: Int!) {
    customers(first: $customers) {
      nodes { name ${Array.from({ length: 10 }, (_, index) => `benchField${index}`).join(' ')} }
    }
  }`,
  withoutRemote: `query WithoutRemote($customers: Int!) { customers(first: $customers) { nodes { id name } } }`,
  remote: `query Remote($customers: Int!) { customers(first: $customers) { nodes { id name reviewScore } } }`,
  create: `mutation Create($input: CustomerCreateInput!) {
    customerCreate(input: $input) { customer { id name } userErrors { message } }
  }`,
  bulkUpsert: `mutation Upsert($input: CustomerBulkUpsertInput!) {
    customerBulkUpsert(input: $input) { results { id status } userErrors { message } }
  }`,
  aggregate: `query Aggregate($filter: OpportunityFilter, $first: Int!) {
    opportunities(filter: $filter) {
      aggregate(groupBy: [{ field: CLOSED_AT, bucket: MONTH }, { field: OWNER }], first: $first) {
        count sum { amount } group { closedAt owner { id } }
      }
    }
  }`,
} as const
