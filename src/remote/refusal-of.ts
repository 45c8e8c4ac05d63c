import { type ErrorCode, TrellisError } from '@trellis/sdk'
import { RemoteFailure, type RemoteFailureKind } from './failure.ts'

/** What clients are told of failures that are no wrong answer: of these they see `EXTENSION_FAILED`. */
const codes: Partial<Record<RemoteFailureKind, ErrorCode>> = {
  TIMEOUT: 'EXTENSION_TIMEOUT',
  OVERLOADED: 'EXTENSION_OVERLOADED',
  BREAKER_OPEN: 'EXTENSION_UNAVAILABLE',
  UNREACHABLE: 'EXTENSION_UNAVAILABLE',
  RESET: 'EXTENSION_UNAVAILABLE',
  // Whoever asked has left, or what is asked has and its connections were let go of.
  ABORTED: 'EXTENSION_UNAVAILABLE',
}

/** What clients are told of what a call to an extension elsewhere threw; where that is and what it said, only the log knows. */
export function refusalOf(thrown: unknown): unknown {
  if (!(thrown instanceof RemoteFailure)) return thrown
  const { kind, extension, retryable } = thrown
  return new TrellisError(
    codes[kind] ?? 'EXTENSION_FAILED',
    `The extension ${extension}, which runs elsewhere, did not answer (${kind}).`,
    { cause: thrown, extensions: { extension, retryable } },
  )
}

/** A subscription's results, whose failures are what clients are told. Leaving is passed on at once, as by what opened it. */
export function withRefusals<Result>(
  results: AsyncGenerator<Result, void, undefined>,
): AsyncIterableIterator<Result, void, undefined> {
  return {
    async next() {
      try {
        return await results.next()
      } catch (thrown) {
        throw refusalOf(thrown)
      }
    },
    return: () => results.return(),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
