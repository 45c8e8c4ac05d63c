import { ClientError } from 'graphql-request'

/** The gateway, or a proxy before it, is starting, stopping, or out of its depth. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** The database is away, or others write the same records. */
const passingCodes: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'WRITE_CONFLICT'])

/** What Node's fetch says when there is no connection, and when it breaks off in the middle of an answer. */
const connectionLost = /^(fetch failed|terminated)$/

/** Codes of the gateway's errors, in `errors[].extensions.code`. */
function codesOf({ response }: ClientError): readonly unknown[] {
  return (response.errors ?? []).map(({ extensions }) => extensions?.['code'])
}

/** Whether the same request may work a little later: nobody answered, or asked for patience. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ClientError)
    return passingStatuses.has(error.response.status) || codesOf(error).some(code => passingCodes.has(code))
  if (error instanceof DOMException) return error.name === 'TimeoutError'
  return error instanceof TypeError && connectionLost.test(error.message)
}

/** One line; a `ClientError` would print the whole request, which may be a thousand records. */
export function describeFailure(error: unknown): string {
  if (error instanceof ClientError) {
    const { status, errors = [] } = error.response
    const lines = errors.map(
      ({ message, extensions }) => `${textOr('error', extensions?.['code'])}: ${message}`,
    )
    return lines.length > 0 ? lines.join('; ') : `HTTP status ${status}`
  }
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${describeCause(error.cause)}` : error.message
}

/** Node's socket errors of `localhost` come in pairs, for IPv6 and IPv4, without a message of their own. */
const describeCause = (cause: Error): string =>
  cause.message || ('code' in cause ? String(cause.code) : cause.name)

const textOr = (otherwise: string, value: unknown): string => (typeof value === 'string' ? value : otherwise)
