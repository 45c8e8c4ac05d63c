/** What the service of reviews has, as the gateways in front of it are told. */
export const reviewsSdl = `
  type Query { reviewCustomers(ids: [ID!]!): [Customer]! }
  type Customer { id: ID! "The mean of what it wrote." reviewScore: Float }`
