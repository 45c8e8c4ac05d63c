import type { Records } from '@trellis/sdk'
import type { SerialNumbers } from '../../../lib/serial-numbers.ts'
import type { StateMachine } from '../../../lib/transitions.ts'
import { orderStates, quoteStates } from './states.ts'

type Shared<A, B> = Pick<A, keyof A & keyof B>

/** What quotes and orders have in common. */
export type SalesDocument = Omit<Shared<Records['Order'], Records['Quote']>, 'status'> & {
  readonly status: string
}

/** What the lines of quotes and of orders have in common; one of the two ids says whose it is. */
export type DocumentLine = Shared<Records['OrderLine'], Records['QuoteLine']> & {
  readonly orderId?: string
  readonly quoteId?: string
}

/** In what quotes and orders differ, as data: everything else is written once. */
export interface DocumentKind {
  readonly entity: 'Order' | 'Quote'
  readonly line: 'OrderLine' | 'QuoteLine'
  /** The service of its lines. */
  readonly lines: 'orderLines' | 'quoteLines'
  /** The column of a line that says whose it is. */
  readonly key: 'orderId' | 'quoteId'
  /** For people. */
  readonly word: string
  readonly numbers: SerialNumbers
  readonly states: StateMachine<string>
  /** The states in which lines and amounts may change. */
  readonly editable: readonly string[]
  /** Fields that say more than amounts do, each with the states in which it may change. */
  readonly fixed: Readonly<Record<string, readonly string[]>>
  /** The states in which it may be deleted: nobody relies on it. */
  readonly deletable: readonly string[]
  /** The states that need an approval where a rule asks for one. */
  readonly approved: readonly string[]
  /** The states in which it may be asked to be approved. */
  readonly approvable: readonly string[]
  /** What an approval rule calls it. */
  readonly subject: 'ORDER' | 'QUOTE'
}

/** Orders: theirs are the lines `OrderLine`. They may change until we confirm. */
export const orders: DocumentKind = {
  entity: 'Order',
  line: 'OrderLine',
  lines: 'orderLines',
  key: 'orderId',
  word: 'order',
  numbers: { sequence: 'Order_number', table: 'Order', prefix: 'O' },
  states: orderStates,
  editable: ['DRAFT', 'PENDING'],
  fixed: { customerId: ['DRAFT', 'PENDING'] },
  deletable: ['DRAFT', 'CANCELED'],
  approved: ['CONFIRMED'],
  approvable: ['DRAFT', 'PENDING'],
  subject: 'ORDER',
}

/** The states of a quote that the customer has not seen. */
const unsent = ['DRAFT', 'IN_REVIEW', 'APPROVED']

/** Quotes: theirs are the lines `QuoteLine`. They may change until somebody is to look at them. */
export const quotes: DocumentKind = {
  entity: 'Quote',
  line: 'QuoteLine',
  lines: 'quoteLines',
  key: 'quoteId',
  word: 'quote',
  numbers: { sequence: 'Quote_number', table: 'Quote', prefix: 'Q' },
  states: quoteStates,
  editable: ['DRAFT'],
  fixed: { customerId: ['DRAFT'], terms: unsent, validUntil: unsent },
  deletable: ['DRAFT', 'REJECTED', 'EXPIRED'],
  approved: ['APPROVED', 'SENT'],
  approvable: ['DRAFT', 'IN_REVIEW', 'APPROVED'],
  subject: 'QUOTE',
}
