import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'

type Member = Records['SegmentMember']

interface Pair {
  readonly segmentId: string
  readonly customerId: string
}

const keyOf = ({ segmentId, customerId }: Pair): string => `${segmentId} ${customerId}`

const pairOf = ({ before, values }: Change<Member>): Pair => ({
  segmentId: values.segmentId ?? before?.segmentId ?? '',
  customerId: values.customerId ?? before?.customerId ?? '',
})

/** Those of the pairs that there are. */
async function membersAmong(
  pairs: readonly Pair[],
  { database, readable }: DataContext,
): Promise<readonly Pair[]> {
  const { rows } = await sql<Pair>`
    select "segmentId", "customerId" from ${readable('SegmentMember')} as member
    join jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as given("segmentId" text, "customerId" text) using ("segmentId", "customerId")
    where "deletedAt" is null`.execute(database())
  return rows
}

/** Refuses members of segments that find their customers by rules, and a customer who is in the segment already. */
export const checkMembers: Check<Member> = async (changes, context) => {
  const entering = changes
    .filter(({ action }) => action === 'create' || action === 'restore')
    .map(change => ({ ...pairOf(change), path: change.path }))
  if (entering.length === 0) return []
  const segments = await context.loaders.segments.byId.loadMany(entering.map(({ segmentId }) => segmentId))
  const there = new Set((await membersAmong(entering, context)).map(keyOf))
  return entering.flatMap(({ path, ...pair }, index): readonly UserError[] => {
    const segment = segments[index]
    if (segment?.kind === 'RULES')
      return [
        {
          code: 'CONTRADICTION',
          message: `Segment "${segment.name}" is of kind RULES: its customers are those whom its rules fit.`,
          path: [...path, 'segmentId'],
        },
      ]
    const isThere = there.has(keyOf(pair))
    // Of two in one bulk, the second.
    there.add(keyOf(pair))
    return isThere
      ? [
          {
            code: 'TAKEN',
            message: `customerId is ${pair.customerId}, which is in the segment "${segment?.name}" already.`,
            path: [...path, 'customerId'],
          },
        ]
      : []
  })
}
