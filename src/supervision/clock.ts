/** Time as supervision reads it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since some moment in the past; never runs backwards. */
  readonly now: () => number
  /** Milliseconds that this thread has spent on a processor. */
  readonly busy: () => number
  /** Calls back after so many milliseconds, unless what is answered is called before. */
  readonly after: (milliseconds: number, callback: () => void) => () => void
}

/**
 * The process's. What it calls back comes a turn late: where something has blocked the event loop, answers that
 * have long arrived are read before anybody is blamed for not answering.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  busy() {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  },
  after(milliseconds, callback) {
    let turn: NodeJS.Immediate | undefined
    const timer = setTimeout(() => {
      turn = setImmediate(callback)
    }, milliseconds)
    // Whoever waits for the answer has a connection open; the deadline alone is no reason to stay.
    timer.unref()
    return () => {
      clearTimeout(timer)
      if (turn) clearImmediate(turn)
    }
  },
}
