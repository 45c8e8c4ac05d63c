import type { Check, Records } from '@trellis/sdk'
import { keepPromises } from '../sla/keep-promises.ts'
import { fitCustomers } from './customer.ts'
import { fitFacts } from './facts-of-status.ts'
import { giveNumbers } from './numbers.ts'
import { checkTransitions } from './transition-check.ts'

/** All that cases are refused for and filled in with; each relies on what those before it have filled in. */
export const checkCases: Check<Records['Case']> = async (changes, context) => [
  ...(await fitCustomers(changes, context)),
  ...(await checkTransitions(changes, context)),
  ...(await fitFacts(changes, context)),
  ...(await keepPromises(changes, context)),
  ...(await giveNumbers(changes, context)),
]
