import { TrellisError } from '@trellis/sdk'

/**
 * A request's body as it comes. Whoever stops reading leaves the rest where it is: to cancel it would reset the
 * connection before the refusal is sent; see listen.ts.
 *
 * @throws TrellisError `BAD_REQUEST` when the client hangs up before the end
 */
export async function* bytesOf({ body }: Request): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader()
  for (;;) {
    const next = await reader?.read().catch(() => {
      throw new TrellisError('BAD_REQUEST', 'The body broke off before its end.')
    })
    if (!next || next.done) return
    yield next.value
  }
}

export interface StreamOptions {
  /** Told of a failure to read when a part may have been sent already. */
  readonly onFailure: (failure: unknown) => void
  /** Closes the socket, so that nobody takes a part for the whole; absent where there is none. */
  readonly cutOff?: (() => void) | undefined
}

/** A response's body, read as fast as the client takes it; one that hangs up ends the reading. */
export function streamOf(
  bytes: AsyncIterable<Uint8Array>,
  { onFailure, cutOff }: StreamOptions,
): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  // Who has all that was announced, or has left, cancels while the next piece is being read: nothing is wrong with that.
  let isCanceled = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next()
          if (isCanceled) return
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (failure) {
          if (isCanceled) return
          onFailure(failure)
          // An error on a stream that is being sent would be nobody's, and end the process.
          if (cutOff) cutOff()
          else controller.error(failure)
        }
      },
      async cancel() {
        isCanceled = true
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
