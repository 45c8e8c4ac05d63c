import type { Change, DataContext, Effect, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import { willBe } from '../../../lib/will-be.ts'

type OpportunityContact = Records['OpportunityContact']

/** Whether the person is the primary one after the change, and was not before it. */
export const becomesPrimary = (change: Change<OpportunityContact>): boolean =>
  change.action !== 'delete' &&
  willBe(change, 'isPrimary') === true &&
  (change.before?.isPrimary !== true || change.action === 'restore')

const opportunitiesOf = (changes: readonly Change<OpportunityContact>[]): readonly string[] => [
  ...new Set(changes.map(change => willBe(change, 'opportunityId') ?? '')),
]

/**
 * Of two who make somebody primary at once, the second waits at the opportunity before it writes, and takes it from
 * the first: the database looks for the second one of an opportunity at the end, and would wait for who waits.
 */
export async function waitForPrimary(
  changes: readonly Change<OpportunityContact>[],
  context: DataContext,
): Promise<void> {
  const primary = changes.filter(becomesPrimary)
  if (primary.length === 0) return
  await sql`
    select from "Opportunity" where id = any(${opportunitiesOf(primary)}) order by id for no key update`.execute(
    context.database(),
  )
}

/** Takes it from those who were primary before. */
export const takeOverPrimary: Effect<OpportunityContact> = async (changes, context) => {
  const primary = changes.filter(becomesPrimary)
  if (primary.length === 0) return
  const database = context.database()
  const { rows } = await sql<{ id: string }>`
    update "OpportunityContact"
    set "isPrimary" = false, "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, source = null, version = version + 1
    where "opportunityId" = any(${opportunitiesOf(primary)}) and "isPrimary" and "deletedAt" is null
      and id <> all(${primary.map(({ id }) => id)})
    returning id`.execute(database)
  await leaveWord(
    wordsOf(
      'opportunityContact.updated',
      rows.map(({ id }) => id),
      ['isPrimary'],
    ),
    context,
  )
}
