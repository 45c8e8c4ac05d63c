import type { Services } from '@trellis/sdk'
import { type Author, leaveWord } from '../../../lib/outbox.ts'
import type { Breach } from './standing.ts'

/** A case whose promise was broken, and what of it. */
export interface Failure {
  readonly id: string
  readonly breaches: readonly Breach[]
}

export interface TellOptions {
  /** Whose write broke them; nobody's, where a clock ran out by itself. */
  readonly author: Author
  readonly timeline: Services['timeline']
}

const type = 'case.sla_failed'

/** Tells the timeline and the outbox that promises were broken, however many, in one statement each. */
export async function tellFailures(
  failures: readonly Failure[],
  { author, timeline }: TellOptions,
): Promise<void> {
  const told = failures.map(({ id, breaches }) => ({ id, data: { breaches } }))
  await timeline.record(told.map(({ id, data }) => ({ targetId: id, type, data })))
  await leaveWord(
    told.map(({ id, data }) => ({ type, entityId: id, payload: data })),
    author,
  )
}
