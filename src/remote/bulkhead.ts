import type { Deadline } from './deadline.ts'
import type { Fail } from './fail.ts'

export interface Bulkhead {
  /**
   * Waits for a turn, which is given back by disposing of it.
   *
   * @throws RemoteFailure `OVERLOADED` when too many wait already, or what ended the deadline meanwhile
   */
  enter(deadline: Deadline): Promise<Disposable>
  readonly running: number
  readonly queued: number
}

export interface BulkheadOptions {
  /** Turns at once. */
  readonly most: number
  /** How many may wait for one. */
  readonly queue: number
  readonly fail: Fail
}

/** So many calls at once and no more, so that one slow remote cannot take memory and connections without bound. */
export function createBulkhead({ most, queue, fail }: BulkheadOptions): Bulkhead {
  let running = 0
  const waiting = new Set<() => void>()

  const turn = (): Disposable => {
    let left = false
    return {
      [Symbol.dispose]: () => {
        if (left) return
        left = true
        const [next] = waiting
        // The place goes straight to the next one: nobody can slip in between.
        if (next === undefined) running -= 1
        else next()
      },
    }
  }

  const waitForTurn = async (deadline: Deadline): Promise<Disposable> => {
    const { promise, resolve, reject } = Promise.withResolvers<Disposable>()
    const start = (): void => {
      waiting.delete(start)
      resolve(turn())
    }
    const giveUp = (): void => {
      waiting.delete(start)
      reject(deadline.signal.reason)
    }
    waiting.add(start)
    deadline.signal.addEventListener('abort', giveUp, { once: true })
    try {
      return await promise
    } finally {
      deadline.signal.removeEventListener('abort', giveUp)
    }
  }

  return {
    enter: async deadline => {
      deadline.signal.throwIfAborted()
      if (running < most) {
        running += 1
        return turn()
      }
      if (waiting.size >= queue)
        throw fail(
          'OVERLOADED',
          `has ${running} calls under way and ${waiting.size} waiting, as many as it may.`,
        )
      return waitForTurn(deadline)
    },
    get running() {
      return running
    },
    get queued() {
      return waiting.size
    },
  }
}
