import type { Deadline } from './deadline.ts'
import type { Fail } from './fail.ts'
import { RemoteFailure } from './failure.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const callOf = (error: unknown): string =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : ''

/** Certificates that are refused, and hands that could not be shaken: nothing was sent. */
const tls =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/

/** What an error of undici or of a socket means. The time being over explains all that comes after it. */
export function failureOf(error: unknown, deadline: Deadline, fail: Fail): RemoteFailure {
  if (error instanceof RemoteFailure) return error
  const over = deadline.failure()
  if (over !== undefined) return over
  // Several addresses were tried, and each has its own error.
  const [cause]: unknown[] =
    error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error]
  const code = codeOf(cause)
  const named = code === '' ? '' : ` (${code})`
  if (code === 'PRIVATE_ADDRESS')
    return fail('UNREACHABLE', 'is at a private address, which allowPrivate forbids.', { cause })
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return fail('TOO_LARGE', 'answered with more headers than allowed.', { cause })
  // The parser hangs a piece of the answer on its error.
  if (cause instanceof Error && cause.name === 'HTTPParserError')
    return fail('NOT_JSON', 'answered what is not HTTP.')
  const unsent =
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    tls.test(code) ||
    callOf(cause) === 'connect' ||
    callOf(cause).startsWith('getaddrinfo')
  if (unsent) return fail('UNREACHABLE', `could not be reached${named}.`, { cause })
  return fail('RESET', `broke the connection${named}.`, { cause })
}
