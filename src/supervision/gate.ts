/** Lets so many in at once, and so many wait. */
export interface Gate {
  readonly inside: number
  readonly waiting: number
  /** Whether there is room inside, and nobody waits for it. */
  readonly isFree: () => boolean
  /** Takes a place inside; those that may not wait take it whether there is room or not. */
  readonly enter: () => void
  /** Gives the place back: the one who waits longest is called. */
  readonly leave: () => void
  /**
   * Waits to be called; the place is taken by then.
   *
   * @returns how to give up waiting, or `null` where too many wait already
   */
  readonly wait: (callback: () => void) => (() => void) | null
}

export interface GateOptions {
  readonly concurrency: number
  readonly queue: number
}

export function createGate({ concurrency, queue }: GateOptions): Gate {
  let inside = 0
  const line = new Set<() => void>()
  return {
    get inside() {
      return inside
    },
    get waiting() {
      return line.size
    },
    isFree: () => inside < concurrency && line.size === 0,
    enter() {
      inside += 1
    },
    leave() {
      inside -= 1
      const [next] = line
      if (next === undefined || inside >= concurrency) return
      line.delete(next)
      inside += 1
      next()
    },
    wait(callback) {
      if (line.size >= queue) return null
      const place = () => callback()
      line.add(place)
      return () => void line.delete(place)
    },
  }
}
