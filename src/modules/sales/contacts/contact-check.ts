import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { recordRefusal, refusal } from '../../../lib/refusal.ts'
import { takenPairs } from '../../../lib/taken-pairs.ts'
import { willBe } from '../../../lib/will-be.ts'
import { becomesPrimary, waitForPrimary } from './primary.ts'

type OpportunityContact = Records['OpportunityContact']

/** Refuses a person whom the opportunity names already. */
const checkOnce: Check<OpportunityContact> = async (changes, context) => {
  const appearing = changes.filter(({ action }) => action === 'create' || action === 'restore')
  const taken = await takenPairs(
    appearing.map(change => ({
      id: change.id,
      pair: [willBe(change, 'opportunityId') ?? '', willBe(change, 'contactId') ?? ''],
    })),
    {
      database: context.database(),
      table: 'OpportunityContact',
      columns: ['opportunityId', 'contactId'],
    },
  )
  return appearing.flatMap(change => {
    const holder = taken.get(change.id)
    if (holder === undefined) return []
    const message = `The opportunity names the contact ${willBe(change, 'contactId') ?? ''} already, as ${holder}.`
    return change.action === 'create'
      ? [refusal(change, 'contactId', 'TAKEN', message)]
      : [recordRefusal(change, 'TAKEN', message)]
  })
}

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

/** Keeps the people of an opportunity: each once, and one of them the first to turn to. */
export const checkOpportunityContacts: Check<OpportunityContact> = async (changes, context) => {
  await waitForPrimary(changes, context)
  return [...(await checkOnce(changes, context)), ...checkOnePrimary(changes)]
}
