import DataLoader from 'dataloader'
import { type LeaveEventsOptions, type LeftEvent, leaveEvents } from '../lib/outbox.ts'

/** Rows of one statement at most: of the largest payloads, 16 MB. */
const mostAtOnce = 250

/** Leaves events in the outbox, in the order in which they are given; those of one turn in one statement. */
export function leaveTogether(options: LeaveEventsOptions): (event: LeftEvent) => Promise<void> {
  const loader = new DataLoader<LeftEvent, null>(
    async events => {
      await leaveEvents(events, options)
      return events.map(() => null)
    },
    // Before whatever the turn ends with, such as a commit.
    { cache: false, maxBatchSize: mostAtOnce, batchScheduleFn: queueMicrotask },
  )
  return async event => {
    await loader.load(event)
  }
}
