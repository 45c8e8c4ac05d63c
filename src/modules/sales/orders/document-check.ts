import type { Check } from '@trellis/sdk'
import { fitCustomers } from './customer.ts'
import { checkExtraDiscount } from './document-amounts.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'
import { keepRelied } from './document-locks.ts'
import { boundLines } from './given-lines.ts'
import { giveNumbers } from './numbers.ts'
import { checkTransitions } from './transition-check.ts'

/** All that quotes and orders are refused for and filled in with; `more` is what one of the two has besides. */
export const checkDocuments =
  <Row extends SalesDocument>(kind: DocumentKind, ...more: readonly Check<Row>[]): Check<Row> =>
  async (changes, context) => [
    ...(await keepRelied(kind)(changes, context)),
    ...(await fitCustomers(kind)(changes, context)),
    ...(await checkTransitions(kind)(changes, context)),
    ...(await Promise.all(more.map(async check => check(changes, context)))).flat(),
    ...(await checkExtraDiscount(kind)(changes, context)),
    ...(await boundLines(changes, context)),
    ...(await giveNumbers(kind)(changes, context)),
  ]
