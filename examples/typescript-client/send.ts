import { setTimeout as sleep } from 'node:timers/promises'
import { NoAnswer } from './errors.ts'

/** A request, as `fetch` takes it. */
export interface HttpRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether it may be sent again when nobody knows what became of it. */
  readonly isRepeatable: boolean
  readonly signal: AbortSignal | undefined
}

/** An answer that has arrived as a whole. */
export interface HttpAnswer {
  readonly status: number
  readonly text: string
}

/** How often a request is sent, and how many milliseconds an answer may take. */
const most = { times: 5, milliseconds: 30_000 } as const

/** The gateway, or a proxy before it, is starting, stopping, or out of its depth. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Sends until there is an answer, with longer and longer waits.
 *
 * @throws NoAnswer when there is none, or when what was sent may not be sent again
 * @throws the signal's reason when it is given up
 */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const { isRepeatable, signal } = request
  for (let time = 1; ; time += 1) {
    const outcome = await sendOnce(request)
    signal?.throwIfAborted()
    const isLost = outcome instanceof NoAnswer
    if (isRepeatable && time < most.times && (isLost || passingStatuses.has(outcome.status)))
      await sleep(100 * 2 ** time, undefined, signal && { signal })
    else if (isLost) throw outcome
    else return outcome
  }
}

/** The answer is lost, too, when the connection breaks in the middle of it. */
async function sendOnce({ url, headers, body, signal }: HttpRequest): Promise<HttpAnswer | NoAnswer> {
  const timeout = AbortSignal.timeout(most.milliseconds)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    return new NoAnswer(`${url} does not answer`, { cause })
  }
}
