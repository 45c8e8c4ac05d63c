import type { RemoteOptions } from '@trellis/sdk'
import type { Breaker, Permit } from './breaker.ts'
import { checkAnswer } from './check-answer.ts'
import { type Answered, type Connection } from './connection.ts'
import type { Deadline } from './deadline.ts'
import type { RemoteCall } from './executor.ts'
import type { Fail } from './fail.ts'
import { RemoteFailure } from './failure.ts'
import { discard } from './read-body.ts'
import { requestHeaders } from './request-headers.ts'
import { signatureHeaders } from './sign.ts'

/** What became of one request; `again`: whether a query may be sent once more. */
export type Outcome<Value> =
  | { readonly value: Value }
  | { readonly failure: RemoteFailure; readonly again: boolean }

export interface AttemptOptions<Value> {
  readonly call: RemoteCall
  /** The signature's id: the same for all attempts of a call. */
  readonly id: string
  readonly deadline: Deadline
  /** Makes the value of an answer whose status and headers are in order. */
  readonly read: (answered: Answered) => Value | Promise<Value>
  /** Content types that are welcome. @default those of a GraphQL response */
  readonly types?: string[]
}

/** Sends one request to a remote. */
export type Attempt = <Value>(options: AttemptOptions<Value>) => Promise<Outcome<Value>>

export interface AttemptMaking {
  readonly remote: RemoteOptions
  readonly breaker: Breaker
  readonly connection: Connection
  readonly fail: Fail
  readonly now: () => number
}

const passingStatus: ReadonlySet<number> = new Set([502, 503, 504])

export const createAttempt =
  ({ remote, breaker, connection, fail, now }: AttemptMaking): Attempt =>
  async ({ call, id, deadline, read, types }) => {
    const permit = breaker.admit()
    if (permit === undefined)
      return { failure: fail('BREAKER_OPEN', 'is left alone for a moment, since it failed.'), again: false }
    let answered: Answered | undefined
    try {
      const { document: query, variables, operationName, extensions } = call
      const body = JSON.stringify({ query, variables, operationName, extensions })
      const signature = signatureHeaders(remote.secrets, {
        id,
        timestamp: Math.floor(now() / 1000),
        method: 'POST',
        path: connection.path,
        viewerId: call.viewer?.id ?? '',
        viewerRole: call.viewer?.role ?? '',
        body,
      })
      answered = await connection.post({ ...requestHeaders(call, remote), ...signature }, body, deadline)
      checkAnswer(answered, fail, types)
      const value = await read(answered)
      permit.succeeded()
      return { value }
    } catch (failure) {
      if (answered) discard(answered)
      if (!(failure instanceof RemoteFailure)) {
        permit.abandoned()
        throw failure
      }
      tell(permit, failure)
      return { failure, again: isPassing(failure, answered !== undefined) }
    }
  }

/** A 4xx shows that the remote is alive, and a caller who gave up shows nothing. */
function tell(permit: Permit, { kind, status = 0, retryable }: RemoteFailure): void {
  if (kind === 'ABORTED') permit.abandoned()
  else if (kind === 'HTTP_STATUS' && status < 500 && !retryable) permit.succeeded()
  else permit.failed()
}

/** Only where the remote has surely not begun to answer, or says itself that it cannot at the moment. */
const isPassing = ({ kind, status = 0 }: RemoteFailure, hasAnswered: boolean): boolean =>
  kind === 'UNREACHABLE' ||
  (kind === 'RESET' && !hasAnswered) ||
  (kind === 'HTTP_STATUS' && passingStatus.has(status))
