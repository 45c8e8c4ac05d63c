import type { Log } from '@trellis/sdk'
import type { Reach } from '../isolation/index.ts'
import { describeFailure } from '../lib/describe-failure.ts'

/** A process as one setup of its extension has it. */
export interface Place {
  /** `null` while it is not there. */
  readonly reach: () => Reach | null
  readonly pid: () => number | null
  readonly stop: () => Promise<void>
}

/** Where one extension is asked: a place for each setup that somebody holds, and for those whose successor is starting. */
export interface Places {
  /** Adds the newest. It says itself, by what it is given, when it has come to answer. */
  readonly open: (make: (onReady: () => void) => Place) => Place
  /** The newest that answers; `null` while none does. */
  readonly reach: () => Reach | null
  /** Resolves when one answers. */
  readonly answering: () => Promise<void>
  /** Of the newest, while it is there. */
  readonly pid: () => number | null
  /**
   * Lets go of one. Where there is a newer one, that goes on beside requests: until the newer one answers, as long as that takes,
   * and until what was asked before is answered. Else it resolves when all are gone.
   */
  readonly leave: (place: Place) => Promise<void>
}

/** Keeps the places of an extension. */
export function createPlaces(name: string, log: Log): Places {
  /** The newest last. */
  const places: Place[] = []
  const asked = new Map<Place, number>()
  const leaving = new Set<Promise<void>>()
  let changed = Promise.withResolvers<void>()
  const change = (): void => {
    changed.resolve()
    changed = Promise.withResolvers()
  }

  /** A subscription is not counted: it may go on for days, and its client begins another one. */
  const counted = (place: Place, { execute, call, ...reach }: Reach): Reach => {
    const during = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      asked.set(place, (asked.get(place) ?? 0) + 1)
      try {
        return await work()
      } finally {
        asked.set(place, (asked.get(place) ?? 1) - 1)
        change()
      }
    }
    return {
      ...reach,
      execute: operation => during(() => execute(operation)),
      call: (...what) => during(() => call(...what)),
    }
  }

  const isSuccessorStarting = (place: Place): boolean => {
    const newer = places.slice(places.indexOf(place) + 1)
    return newer.length > 0 && newer.every(other => other.reach() === null)
  }

  const letGo = async (place: Place): Promise<void> => {
    while (isSuccessorStarting(place)) await changed.promise
    places.splice(places.indexOf(place), 1)
    change()
    // Where nobody is left, requests have been waited for already.
    while (places.length > 0 && (asked.get(place) ?? 0) > 0) await changed.promise
    asked.delete(place)
    await place.stop()
  }

  return {
    open(make) {
      const place = make(change)
      places.push(place)
      return place
    },
    reach() {
      const place = places.findLast(other => other.reach() !== null)
      const reach = place?.reach()
      return place && reach ? counted(place, reach) : null
    },
    async answering() {
      while (places.length > 0 && places.every(place => place.reach() === null)) await changed.promise
    },
    pid: () => places.at(-1)?.pid() ?? null,
    async leave(place) {
      const isNewest = places.at(-1) === place
      const left: Promise<void> = letGo(place)
        .catch((failure: unknown) =>
          log.error(
            { extension: name, err: describeFailure(failure) },
            'a process of the extension was not let go of',
          ),
        )
        .finally(() => leaving.delete(left))
      leaving.add(left)
      if (isNewest) await Promise.all(leaving)
    },
  }
}
