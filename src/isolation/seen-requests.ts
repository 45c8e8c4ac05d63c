/** Which requests were there before: what somebody recorded on the way is not done again. */
export interface SeenRequests {
  /** Whether a request with this id, signed at this second, is here for the first time; it is no more afterwards. */
  readonly isFirst: (id: string, timestamp: number) => boolean
}

export interface SeenRequestsOptions {
  /** How long an id is remembered, in seconds: as long as a signature can be valid. */
  readonly seconds: number
  /** Ids that are remembered at once. @default 100000, some 15 MB */
  readonly most?: number
  /** The present in seconds since 1970. @default the clock */
  readonly now?: () => number
}

interface Seen {
  readonly timestamp: number
  readonly forgottenAt: number
}

/** Remembers ids. Where there are too many, it takes nothing that is as old as what it had to forget before its time. */
export function createSeenRequests({
  seconds,
  most = 100_000,
  now = () => Date.now() / 1000,
}: SeenRequestsOptions): SeenRequests {
  const seen = new Map<string, Seen>()
  let forgotten = Number.NEGATIVE_INFINITY
  const forget = (present: number): void => {
    // In the order in which they came.
    for (const [id, { timestamp, forgottenAt }] of seen) {
      if (forgottenAt > present) {
        if (seen.size < most) return
        forgotten = Math.max(forgotten, timestamp)
      }
      seen.delete(id)
    }
  }
  return {
    isFirst(id, timestamp) {
      if (seen.has(id) || timestamp <= forgotten) return false
      const present = now()
      forget(present)
      seen.set(id, { timestamp, forgottenAt: present + seconds })
      return true
    },
  }
}
