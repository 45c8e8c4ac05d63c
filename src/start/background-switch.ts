import type { Log } from '@trellis/sdk'
import type { Background } from '../background/index.ts'
import { describeFailure } from '../lib/describe-failure.ts'

/** Whose background goes on: that of the generation that serves. */
export interface BackgroundSwitch extends Background {
  /** Ends what went on, with what it is about to finish, and goes on with the next if it had begun. */
  readonly replace: (next: Background, release: () => void) => void
}

/** One background at a time: two would hear the same events. */
export function createBackgroundSwitch(log: Log): BackgroundSwitch {
  let present: { readonly background: Background; readonly release: () => void } | null = null
  let hasBegun = false
  let turning: Promise<void> = Promise.resolve()

  const turn = (work: () => Promise<void>): Promise<void> => {
    turning = turning.then(work).catch((failure: unknown) => {
      log.error({ err: describeFailure(failure) }, 'events and jobs do not go on')
    })
    return turning
  }
  const end = async (): Promise<void> => {
    const before = present
    present = null
    await before?.background.stop()
    before?.release()
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
        await end()
        present = { background, release }
        if (hasBegun) await background.start()
      }),
    stop: () => turn(end),
  }
}
