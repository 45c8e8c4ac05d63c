import { causesOf, databaseCodesOf } from './database-failure.ts'

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
 * clients; and what is right again when it is tried again: a lock or a time that ran out.
 */
const serverCodes = [
  '57P01',
  '57P02',
  '57P03',
  '53300',
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

/** Of pg, which has no code for them, and of Prisma, which has one code for whatever is wrong with a transaction: no connection came free for it. */
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Can't reach database server)|Unable to start a transaction in the given time/

/**
 * Whether a failure, or what caused it, is that the database does not answer: the client's request was
 * right, and right again later.
 */
export const isDatabaseUnreachable = (failure: unknown): boolean =>
  causesOf(failure).some(
    cause =>
      databaseCodesOf(cause).some(code => codes.has(code)) ||
      messages.test(cause.message) ||
      // A missing socket file: the embedded server is down.
      ('code' in cause && cause.code === 'ENOENT' && 'syscall' in cause && cause.syscall === 'connect'),
  )
