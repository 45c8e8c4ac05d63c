/** The schema of the peers over Prisma that are written SDL first. */
export const typeDefs = /* GraphQL */ `
  scalar DateTime
  scalar Date
  scalar Decimal

  enum CustomerType {
    PROSPECT
    CUSTOMER
    PARTNER
    RESELLER
    INVESTOR
    COMPETITOR
    OTHER
  }

  type Customer {
    id: ID!
    createdAt: DateTime!
    name: String!
    type: CustomerType!
    industry: String
    email: String
    annualRevenue: Decimal
    billingCity: String
    "Newest first."
    contacts(first: Int!): [Contact!]!
    "Newest first."
    opportunities(first: Int!): [Opportunity!]!
  }

  type Contact {
    id: ID!
    firstName: String
    lastName: String!
    email: String
  }

  type Opportunity {
    id: ID!
    name: String!
    amount: Decimal
    expectedCloseDate: Date
    closedAt: DateTime
    "By position."
    lines(first: Int!): [OpportunityLine!]!
  }

  type OpportunityLine {
    id: ID!
    quantity: Decimal!
    unitPrice: Decimal!
  }

  type CustomerConnection {
    totalCount: Int!
    nodes: [Customer!]!
  }

  type OpportunityConnection {
    nodes: [Opportunity!]!
    endCursor: String
  }

  type Query {
    customer(id: ID!): Customer
    "Newest first."
    newestCustomers(first: Int!): [Customer!]!
    "By name."
    customers(first: Int!, ownerId: ID, type: CustomerType): CustomerConnection!
    "Newest first."
    opportunities(first: Int!, after: String): OpportunityConnection!
  }

  input CreateCustomerInput {
    name: String!
    email: String
    industry: String
  }

  type Mutation {
    createCustomer(input: CreateCustomerInput!): Customer!
  }
`
