import type { Kysely } from 'kysely'
import type { Attempt } from './attempt.ts'
import { type Consumer, registerConsumers } from './consumers.ts'
import type { Deliverer } from './deliverer.ts'
import { pendingEvents } from './deliveries.ts'
import { relayEvents } from './relay.ts'

export interface RoundsOptions {
  readonly database: Kysely<unknown>
  readonly consumers: readonly Consumer[]
  /** By the name of the extension. */
  readonly deliverers: ReadonlyMap<string, Deliverer>
  /** Done once, before the first of them is asked to deliver. */
  readonly prepare: () => Promise<void>
  readonly attempt: Attempt
  /** Aborted when the process leaves: no further round is begun. */
  readonly leaving: AbortSignal
}

/** Rounds from the outbox to everybody who has something due. */
export interface Rounds {
  /** Makes one, and one more where it is asked for meanwhile. What is delivered then may take longer than the round. */
  readonly look: () => Promise<void>
  /** Makes rounds until nothing is due. */
  settle(): Promise<void>
  /** Answers when the round and everything that is being delivered are over. */
  finished(): Promise<void>
}

export function createRounds({
  database,
  consumers,
  deliverers,
  prepare,
  attempt,
  leaving,
}: RoundsOptions): Rounds {
  let isPrepared = false
  let round: Promise<void> | null = null
  let isAskedAgain = false
  /** What is under way: each run of a deliverer once, however often it is asked for. */
  const busy = new Set<Promise<void>>()

  const follow = (run: Promise<void>): void => {
    busy.add(run)
    void attempt(() => run, 'events were not delivered; it is tried again').then(() => busy.delete(run))
  }
  /** Relays, and has everybody deliver who has something due; a slow one holds up nobody else. */
  const makeRounds = async (): Promise<void> => {
    if (!isPrepared) {
      await prepare()
      await registerConsumers(database, consumers)
    }
    isPrepared = true
    do {
      isAskedAgain = false
      const before = await pendingEvents(database, consumers)
      if (before.isToRelay) await relayEvents(database)
      const { due } = before.isToRelay ? await pendingEvents(database, consumers) : before
      for (const name of due) {
        const run = deliverers.get(name)?.run()
        if (run && !busy.has(run)) follow(run)
      }
    } while (isAskedAgain && !leaving.aborted)
  }
  const look = (): Promise<void> => {
    isAskedAgain = true
    round ??= attempt(makeRounds, 'events were not relayed; it is tried again').finally(() => {
      round = null
    })
    return round
  }

  return {
    look,
    async settle() {
      for (;;) {
        await look()
        await Promise.allSettled(busy)
        const { isToRelay, due } = await pendingEvents(database, consumers)
        if (!isToRelay && due.length === 0) return
      }
    },
    async finished() {
      await round
      await Promise.allSettled(busy)
    },
  }
}
