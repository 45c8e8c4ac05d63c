import type { DataContext, Records } from '@trellis/sdk'
import { sql } from 'kysely'

/** What a policy is chosen by. */
export type Traits = Pick<Records['Case'], 'customerId' | 'priority' | 'type'>

/**
 * The active policy that fits best, for each of these, in one statement: one for the customer goes before one for
 * any, then one for the priority, then one for the type, then the older one. `null` where none fits.
 */
export async function choosePolicies(
  cases: readonly Traits[],
  context: DataContext,
): Promise<readonly (string | null)[]> {
  if (cases.length === 0) return []
  const keyOf = ({ customerId, priority, type }: Traits): string =>
    JSON.stringify([customerId, priority, type])
  // Of a thousand cases, most are alike.
  const distinct = new Map(
    cases.map(({ customerId, priority, type }) => [
      keyOf({ customerId, priority, type }),
      { customerId, priority, type },
    ]),
  )
  const asked = [...distinct].map(([key, traits]) => ({ key, ...traits }))
  const { rows } = await sql<{ key: string; id: string }>`
    select asked.key, best.id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as asked(key text, "customerId" text, priority "Priority", type "CaseType")
    cross join lateral (
      select id from "SlaPolicy" as policy
      where policy."isActive" and policy."deletedAt" is null
        and (policy."customerId" is null or policy."customerId" = asked."customerId")
        and (policy.priority is null or policy.priority = asked.priority)
        and (policy."caseType" is null or policy."caseType" = asked.type)
      order by policy."customerId" is null, policy.priority is null, policy."caseType" is null, policy."createdAt", policy.id
      limit 1
    ) as best`.execute(context.database())
  const chosen = new Map(rows.map(({ key, id }) => [key, id]))
  return cases.map(traits => chosen.get(keyOf(traits)) ?? null)
}
