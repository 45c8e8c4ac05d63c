export interface DeadlineOptions {
  readonly deadlineMs: number
  /** Ends the work, too: the process is leaving, or the client has hung up. */
  readonly signal: AbortSignal
  /** Named when it takes too long, such as `the job expire-points of loyalty`. */
  readonly what: string
}

/**
 * Does work that is told by its signal to stop when its time is over. Work that does not listen is waited for no
 * longer, all the same: it has failed.
 *
 * @throws Error when the time is over, and what the work throws
 */
export async function withinDeadline<Result>(
  work: (signal: AbortSignal) => Result | Promise<Result>,
  { deadlineMs, signal, what }: DeadlineOptions,
): Promise<Result> {
  const aborting = new AbortController()
  const { promise: over, reject } = Promise.withResolvers<never>()
  const end = (reason: Error): void => {
    aborting.abort(reason)
    reject(reason)
  }
  const timer = setTimeout(() => end(new Error(`${what} took more than ${deadlineMs} ms.`)), deadlineMs)
  const leave = (): void => end(new Error(`${what} was given up.`))
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([over, (async () => work(aborting.signal))()])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}
