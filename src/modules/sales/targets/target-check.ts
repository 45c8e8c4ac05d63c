import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'

type SalesTarget = Records['SalesTarget']

/** A field as the target will have it. */
const willBe = <Field extends keyof SalesTarget>(
  { before, values }: Change<SalesTarget>,
  field: Field,
): SalesTarget[Field] | null | undefined => {
  const said = values[field]
  return said === undefined ? before?.[field] : said
}

function problemsOf(change: Change<SalesTarget>): readonly UserError[] {
  const [startDate, endDate] = [willBe(change, 'startDate'), willBe(change, 'endDate')]
  const problems: UserError[] = []
  if (startDate && endDate && endDate < startDate)
    problems.push(
      refusal(
        change,
        change.values.endDate === undefined ? 'startDate' : 'endDate',
        'OUT_OF_RANGE',
        `endDate is ${endDate}, before startDate, which is ${startDate}.`,
      ),
    )
  if (!willBe(change, 'ownerId') && !willBe(change, 'teamId'))
    problems.push(
      refusal(
        change,
        'ownerId',
        'REQUIRED',
        'A target is of somebody or, with ownerId null, of a team: give an ownerId or a teamId.',
      ),
    )
  return problems
}

/** Refuses targets that nobody could reach: without anybody, without a day, or by days that there are not. */
export const checkTargets: Check<SalesTarget> = changes =>
  changes
    .filter(({ action }) => action === 'create' || action === 'update')
    .flatMap(change => problemsOf(change))
