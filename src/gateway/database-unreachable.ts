/** Of Node's sockets. */
const socketCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]

/**
 * Of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html): shutting down, starting, too many
 * clients; and what is right again when it is tried again: a deadlock, a conflict, a lock or a time that ran out.
 */
const serverCodes = [
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '40P01',
  '40001',
  '55P03',
  '57014',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]

/** Of Prisma: cannot reach, timed out, closed, no connection free in the pool. */
const prismaCodes = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']

const codes: ReadonlySet<unknown> = new Set([...socketCodes, ...serverCodes, ...prismaCodes])

/** Of pg, which has no code for them. */
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Can't reach database server)/

/** Where Prisma has no code of its own for a failure, it says PostgreSQL's in the message. */
const sqlState = /Code: `(\w{5})`/

/** Causes nest by hand, so the chain may be long or a circle. */
const maximumDepth = 8

/**
 * Whether a failure, or what caused it, is that the database does not answer: the client's request was
 * right, and right again later.
 */
export function isDatabaseUnreachable(failure: unknown, depth = 0): boolean {
  if (!(failure instanceof Error) || depth > maximumDepth) return false
  if ('code' in failure && codes.has(failure.code)) return true
  // A missing socket file: the embedded server is down.
  if ('code' in failure && failure.code === 'ENOENT' && 'syscall' in failure && failure.syscall === 'connect')
    return true
  if (messages.test(failure.message) || codes.has(sqlState.exec(failure.message)?.[1])) return true
  const behind = failure instanceof AggregateError ? [failure.cause, ...failure.errors] : [failure.cause]
  return behind.some(cause => isDatabaseUnreachable(cause, depth + 1))
}
