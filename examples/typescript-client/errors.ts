export interface Refusal {
  /** One of docs/api.md, such as `FORBIDDEN`. */
  readonly code: string
  /** What the gateway's log has the request under; `null` where something before it answered. */
  readonly requestId: string | null
}

/** The gateway refused the request by a top-level error, which no form can mend: keys, rights, limits, failures. */
export class RequestRefused extends Error {
  readonly code: string
  readonly requestId: string | null

  constructor(message: string, { code, requestId }: Refusal) {
    super(`${code}: ${message}`)
    this.name = 'RequestRefused'
    this.code = code
    this.requestId = requestId
  }
}

/**
 * Nobody answered, or what came is no answer of a gateway. Whether a mutation was done nobody knows: one that has an
 * idempotency key is sent again with it, when there is somebody to answer.
 */
export class NoAnswer extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NoAnswer'
  }
}
