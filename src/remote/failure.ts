/**
 * What became of a call:
 *
 * - `TIMEOUT`: no whole answer within the deadline
 * - `UNREACHABLE`: no connection; nothing was sent
 * - `RESET`: the connection broke while the call was under way
 * - `TOO_LARGE`: more bytes than allowed
 * - `NOT_JSON`: another content type, compressed though not asked, or text that is not JSON
 * - `NOT_GRAPHQL`: JSON that is not a GraphQL response
 * - `HTTP_STATUS`: a status other than 2xx
 * - `REDIRECT`: a status 3xx, which is never followed
 * - `BREAKER_OPEN`: not sent, since the calls before failed
 * - `OVERLOADED`: not sent, since too many are under way
 * - `ABORTED`: the caller gave up, or the executor was closed
 */
export type RemoteFailureKind =
  | 'TIMEOUT'
  | 'UNREACHABLE'
  | 'RESET'
  | 'TOO_LARGE'
  | 'NOT_JSON'
  | 'NOT_GRAPHQL'
  | 'HTTP_STATUS'
  | 'REDIRECT'
  | 'BREAKER_OPEN'
  | 'OVERLOADED'
  | 'ABORTED'

export interface RemoteFailureOptions {
  readonly kind: RemoteFailureKind
  /** The extension's name. */
  readonly extension: string
  /** What happened, in words that follow `The extension "reviews" `. Never any part of a body. */
  readonly what: string
  /** The HTTP status, where there was one. */
  readonly status?: number
  readonly cause?: unknown
}

const passing: ReadonlySet<RemoteFailureKind> = new Set([
  'TIMEOUT',
  'UNREACHABLE',
  'RESET',
  'BREAKER_OPEN',
  'OVERLOADED',
])

const passingStatus: ReadonlySet<number> = new Set([408, 429, 502, 503, 504])

/** The only error that calls to a remote throw. */
export class RemoteFailure extends Error {
  readonly kind: RemoteFailureKind
  readonly extension: string
  readonly status: number | undefined
  /** Whether the same query may succeed a little later. It does not say that a mutation was not done. */
  readonly retryable: boolean

  constructor({ kind, extension, what, status, cause }: RemoteFailureOptions) {
    super(`The extension "${extension}" ${what}`, cause === undefined ? undefined : { cause })
    this.name = 'RemoteFailure'
    this.kind = kind
    this.extension = extension
    this.status = status
    this.retryable = passing.has(kind) || (status !== undefined && passingStatus.has(status))
  }
}
