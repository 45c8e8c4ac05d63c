import { selectionOf } from './selection.ts'

const customer = ['createdAt', 'name', 'type', 'industry', 'email', 'annualRevenue', 'billingCity']
const opportunity = ['name', 'amount', 'expectedCloseDate', 'closedAt']

/** The columns that a field of a type needs, by the field's selections. */
export const columns = {
  customer: selectionOf(customer, ['id']),
  customersBelowNodes: selectionOf(customer, ['id'], 'nodes'),
  contact: selectionOf(['firstName', 'lastName', 'email'], ['id']),
  opportunity: selectionOf(opportunity, ['id']),
  // The cursor needs `createdAt`.
  opportunitiesBelowNodes: selectionOf(opportunity, ['id', 'createdAt'], 'nodes'),
  line: selectionOf(['quantity', 'unitPrice'], ['id']),
} as const
