import type { Log } from '@trellis/sdk'
import type { Background } from '../background/index.ts'
import { describeFailure } from '../lib/describe-failure.ts'

/** Whose background goes on: that of the generation that serves. */
export interface BackgroundSwitch extends Omit<Background, 'retire'> {
  /** Goes on with the next one if it had begun. The one before finishes what it is at, and is released then. */
  readonly replace: (next: Background, release: () => void) => void
}

/**
 * One background begins something at a time. Those before may still be at work: who has an event or a run is written in the
 * database, as it is between replicas, so that nobody else takes it, nor the next event of its record.
 */
export function createBackgroundSwitch(log: Log): BackgroundSwitch {
  let present: { readonly background: Background; readonly release: () => void } | null = null
  const retired = new Map<Background, Promise<void>>()
  let hasBegun = false
  let turning: Promise<void> = Promise.resolve()

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (failure) {
      log.error({ err: describeFailure(failure) }, 'events and jobs do not go on')
    }
  }
  const turn = (work: () => Promise<unknown>): Promise<void> => (turning = turning.then(() => attempt(work)))

  const retire = ({ background, release }: NonNullable<typeof present>): void => {
    const done = attempt(() => background.retire()).then(() => {
      retired.delete(background)
      release()
    })
    retired.set(background, done)
  }

  return {
    start: () =>
      turn(async () => {
        hasBegun = true
        await present?.background.start()
      }),
    wake: () => present?.background.wake(),
    async settle() {
      await turning
      await present?.background.settle()
    },
    replace: (background, release) =>
      void turn(async () => {
        if (present) retire(present)
        present = { background, release }
        if (hasBegun) await background.start()
      }),
    stop: () =>
      turn(async () => {
        const last = present
        present = null
        if (last) retire(last)
        const finished = [...retired.values()]
        await Promise.all([...retired.keys()].map(background => background.stop()))
        await Promise.all(finished)
      }),
  }
}
