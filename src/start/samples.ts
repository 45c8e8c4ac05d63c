import type { SampleOperation } from '../gateway/graphiql-page.ts'

/** The operations that GraphiQL opens with: each works on the sample data as it is. */
export const samples: readonly SampleOperation[] = [
  {
    title: 'Customers with their people and what they may buy',
    query: `query Customers {
  customers(first: 10) {
    totalCount
    nodes {
      name
      industry
      owner { name }
      contacts(first: 3) { nodes { firstName lastName email } }
      opportunities(first: 5) { nodes { name amount stage { name } lines { quantity product { name } } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    title: 'What each team has won, month by month',
    query: `query Won {
  opportunities(filter: { stage: { type: { eq: WON } } }) {
    aggregate(
      groupBy: [{ field: TEAM }, { field: CLOSED_AT, bucket: MONTH }, { field: CURRENCY }]
      orderBy: [{ by: SUM, field: AMOUNT, direction: DESC }]
      first: 20
    ) {
      group { team { name } closedAt currency }
      count
      sum { amount }
    }
  }
}`,
  },
  {
    title: 'Sales by quarter: rows, and the same as a chart',
    query: `query SalesByQuarter {
  salesReport(by: [PERIOD], period: { bucket: QUARTER }) {
    rows { keys { label } currency wonCount wonAmount winRate }
    chart { labels series { name values } }
  }
}`,
  },
  {
    title: 'What happened to whom, the latest first',
    query: `query Timeline {
  customers(first: 3, filter: { opportunities: { some: { stage: { type: { eq: WON } } } } }) {
    nodes {
      name
      timeline(first: 5) { nodes { occurredAt type title createdBy { name } } }
    }
  }
}`,
  },
  {
    title: 'What the extensions add to customers',
    query: `query Extended {
  extensions { name version status owns { coordinate } }
  customers(first: 5, filter: { opportunities: { some: { stage: { type: { eq: WON } } } } }) {
    nodes {
      name
      loyalty { tier points }
      profile { domain age }
    }
  }
}`,
  },
  {
    title: 'What customers are about to order, and how products are rated',
    query: `query Shop {
  customers(first: 5) {
    nodes { name ecommerceCart { subtotal currency items { quantity unitPrice product { name } } } }
  }
  products(first: 5) {
    nodes { name price currency ecommerceRating { average count } ecommerceReviews(first: 3) { rating title } }
  }
}`,
  },
  {
    title: 'Try a write without writing: take @dryRun away to keep it',
    query: `mutation CreateCustomer @dryRun {
  customerCreate(input: { name: "Example Ltd.", type: PROSPECT, website: "https://example.com" }) {
    customer { id name lifecycleStage owner { name } }
    userErrors { code message path }
  }
}`,
  },
]
