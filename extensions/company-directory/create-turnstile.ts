/** Lets so much work be under way at once; the rest waits for its turn. */
export function createTurnstile(places: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = places
  const waiting: (() => void)[] = []
  return async work => {
    if (free > 0) free -= 1
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // A place that is handed on was never free.
      if (next) next()
      else free += 1
    }
  }
}
