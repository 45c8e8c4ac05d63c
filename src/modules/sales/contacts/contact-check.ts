import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'
import { becomesPrimary, waitForPrimary } from './primary.ts'

type OpportunityContact = Records['OpportunityContact']

/** Refuses a bulk that makes two people the primary one of the same opportunity. */
function checkOnePrimary(changes: readonly Change<OpportunityContact>[]): readonly UserError[] {
  const primary = new Set<string>()
  return changes.filter(becomesPrimary).flatMap(change => {
    const opportunityId = willBe(change, 'opportunityId') ?? ''
    const isSecond = primary.has(opportunityId)
    primary.add(opportunityId)
    if (!isSecond) return []
    const message = `Two contacts would be the primary one of opportunity ${opportunityId}; it has one.`
    return [refusal(change, 'isPrimary', 'CONTRADICTION', message)]
  })
}

/** Keeps the people of an opportunity: one of them is the first to turn to. */
export const checkOpportunityContacts: Check<OpportunityContact> = async (changes, context) => {
  await waitForPrimary(changes, context)
  return checkOnePrimary(changes)
}
