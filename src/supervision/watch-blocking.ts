import type { Clock } from './clock.ts'

/** A call that was under way while nothing else got its turn. */
export interface Suspect {
  readonly extension: string
  readonly field: string
}

export interface BlockingWatchOptions {
  readonly clock: Clock
  /** Who had a call under way at some time since then. */
  readonly suspectsSince: (moment: number) => readonly Suspect[]
  /** Whether a call was found to block since then, measured by itself. */
  readonly isExplainedSince: (moment: number) => boolean
  readonly onBlock: (suspects: readonly Suspect[], milliseconds: number) => void
}

/** Notices when the event loop stands still while extensions have calls under way. */
export interface BlockingWatch {
  /** A call is under way; it is watched until there are none. */
  readonly begin: () => void
}

const everyMs = 25

/** Above what composing a schema or a long garbage collection takes: those are nobody's fault here. */
const noticeableMs = 200

/**
 * What a call does up to its first `await` is measured by itself; what it does afterwards is seen by nobody but
 * whoever has to wait. So a beat that comes late names those who were at work. That they are to blame is likely, not certain.
 */
export function createBlockingWatch({
  clock,
  suspectsSince,
  isExplainedSince,
  onBlock,
}: BlockingWatchOptions): BlockingWatch {
  let isBeating = false
  const beat = (): void => {
    const [beganAt, busyBefore] = [clock.now(), clock.busy()]
    clock.after(everyMs, () => {
      const late = clock.now() - beganAt - everyMs
      const suspects = suspectsSince(beganAt)
      // A process that is not let on the processor is late as well, but not busy.
      const isBusy = clock.busy() - busyBefore > late / 2
      if (late > noticeableMs && isBusy && suspects.length > 0 && !isExplainedSince(beganAt))
        onBlock(suspects, late)
      if (suspects.length > 0) beat()
      else isBeating = false
    })
  }
  return {
    begin() {
      if (isBeating) return
      isBeating = true
      beat()
    },
  }
}
