import type { Records } from '@trellis/sdk'

type Activity = Records['Activity']
type ActivityType = Activity['type']

/** What an activity of a type has that others have not. */
interface Kind {
  readonly status: 'taskStatus' | 'callStatus' | null
  /** Whether somebody begins it: calls and messages have a direction. */
  readonly hasDirection: boolean
}

/** Each type of activity, and what it has. */
export const kinds: Readonly<Record<ActivityType, Kind>> = {
  TASK: { status: 'taskStatus', hasDirection: false },
  CALL: { status: 'callStatus', hasDirection: true },
  MEETING: { status: 'callStatus', hasDirection: false },
  EMAIL: { status: null, hasDirection: true },
  NOTE: { status: null, hasDirection: false },
  SMS: { status: null, hasDirection: true },
  WECHAT: { status: null, hasDirection: true },
}

/** Whether an activity of this state is done: a task completed, a call or a meeting held. */
export const isDone = ({ taskStatus, callStatus }: Pick<Activity, 'taskStatus' | 'callStatus'>): boolean =>
  taskStatus === 'COMPLETED' || callStatus === 'HELD'

/**
 * When an activity stands in a timeline: when it begins or was sent, or else when it was done, or else when it
 * has to be done, or else when it was written down.
 */
export const momentOf = ({
  startAt,
  completedAt,
  dueAt,
  createdAt,
}: Pick<Activity, 'startAt' | 'completedAt' | 'dueAt' | 'createdAt'>): Date =>
  startAt ?? completedAt ?? dueAt ?? createdAt
