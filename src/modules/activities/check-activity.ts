import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { isDone, kinds } from './kinds.ts'

type Activity = Records['Activity']

/** The field as it will be: what the change says, or else what is stored. */
const value = <Field extends keyof Activity>(
  { values, before }: Change<Activity>,
  field: Field,
): Activity[Field] | null | undefined => (values[field] === undefined ? before?.[field] : values[field])

function problemsOf(change: Change<Activity>): readonly UserError[] {
  const type = value(change, 'type')
  if (!type) return []
  const { status, hasDirection } = kinds[type]
  const refuse = (field: keyof Activity, code: string, message: string): UserError => ({
    code,
    message,
    path: [...change.path, field],
  })
  const misplaced = (
    field: 'taskStatus' | 'callStatus' | 'direction',
    takers: string,
  ): readonly UserError[] =>
    value(change, field) == null
      ? []
      : [
          refuse(
            field,
            'CONTRADICTION',
            `${field} is ${value(change, field)}, but the activity is a ${type}; ${takers} have one.`,
          ),
        ]
  const [startAt, endAt] = [value(change, 'startAt'), value(change, 'endAt')]
  return [
    ...(status === 'taskStatus' ? [] : misplaced('taskStatus', 'tasks')),
    ...(status === 'callStatus' ? [] : misplaced('callStatus', 'calls and meetings')),
    ...(hasDirection ? [] : misplaced('direction', 'calls and messages')),
    ...(status !== null && change.values[status] === null
      ? [refuse(status, 'REQUIRED', `${status} may not be null for a ${type}.`)]
      : []),
    ...(startAt && endAt && endAt < startAt
      ? [
          refuse(
            'endAt',
            'CONTRADICTION',
            `endAt is ${endAt.toISOString()}, before startAt, ${startAt.toISOString()}.`,
          ),
        ]
      : []),
  ]
}

/** Refuses to complete what is done: who was first keeps the time. Only the service that completes sets it itself. */
function problemsOfCompletion(change: Change<Activity>): readonly UserError[] {
  const { action, before, values } = change
  if (action !== 'update' || !values.completedAt || !before || !isDone(before)) return []
  return [refusal(change, 'id', 'ALREADY_DONE', `Activity ${change.id} is done already.`)]
}

/** The status that an activity begins in: what began before now took place. */
function firstStatus(change: Change<Activity>, now: Date): Partial<Activity> {
  const type = value(change, 'type')
  const status = type ? kinds[type].status : null
  if (status === null || value(change, status) != null) return {}
  if (status === 'taskStatus') return { taskStatus: 'NOT_STARTED' }
  const startAt = value(change, 'startAt')
  return { callStatus: startAt && startAt <= now ? 'HELD' : 'PLANNED' }
}

/** When it was done: a task now, whenever it was to be worked on; a call or a meeting at its end, unless that is to come. */
function doneAt(change: Change<Activity>, now: Date): Date {
  if (value(change, 'type') === 'TASK') return now
  const end = value(change, 'endAt') ?? value(change, 'startAt')
  return end && end < now ? end : now
}

/** `completedAt` follows the status: set when an activity is done, and gone when it is taken up again. */
function completion(change: Change<Activity>, now: Date): Partial<Activity> {
  if (change.values.completedAt !== undefined) return {}
  const done = isDone({
    taskStatus: value(change, 'taskStatus') ?? null,
    callStatus: value(change, 'callStatus') ?? null,
  })
  if (!done) return change.before?.completedAt ? { completedAt: null } : {}
  if (change.before?.completedAt) return {}
  return { completedAt: doneAt(change, now) }
}

/** Refuses what contradicts the type of an activity, and fills in what follows from its status. */
export const checkActivity: Check<Activity> = (changes, context) => {
  const now = context.now()
  return changes.flatMap(change => {
    if (change.action === 'delete' || change.action === 'restore') return []
    const problems = [...problemsOfCompletion(change), ...problemsOf(change)]
    if (problems.length > 0) return problems
    if (change.action === 'create') change.amend(firstStatus(change, now))
    change.amend(completion(change, now))
    return []
  })
}
