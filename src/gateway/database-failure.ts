/** Causes nest by hand, so the chain may be long or a circle. */
const maximumDepth = 8

/** A failure and all that caused it, as far as they are errors. */
export function causesOf(failure: unknown, depth = 0): readonly Error[] {
  if (!(failure instanceof Error) || depth > maximumDepth) return []
  const behind = failure instanceof AggregateError ? [failure.cause, ...failure.errors] : [failure.cause]
  return [failure, ...behind.flatMap(cause => causesOf(cause, depth + 1))]
}

/** Where Prisma has no code of its own for a failure, it says PostgreSQL's in the message. */
const sqlState = /Code: `(\w{5})`/

/** The codes that an error carries: of Node's sockets, of PostgreSQL, or of Prisma. */
export const databaseCodesOf = (error: Error): readonly unknown[] => [
  ...('code' in error ? [error.code] : []),
  ...(sqlState.exec(error.message)?.slice(1) ?? []),
]
