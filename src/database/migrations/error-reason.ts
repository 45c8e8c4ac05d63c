/** What an error says, in one line. */
export function errorReason(error: unknown): string {
  // An attempt on several addresses (localhost as ::1 and 127.0.0.1) has its reasons one level down.
  if (error instanceof AggregateError) return error.errors.map(errorReason).join(', ')
  return error instanceof Error ? error.message : String(error)
}
