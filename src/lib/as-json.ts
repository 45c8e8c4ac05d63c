/** Bytes of JSON at most in an event, a job or a stored value: what is larger belongs into a table. */
const mostBytes = 65_536

/**
 * The value as JSON keeps it.
 *
 * @throws Error for what JSON does not know, for what is too large, and for text that PostgreSQL cannot keep
 */
export function asJson(value: unknown, what: string): unknown {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new Error(`${what} is ${typeof value}, which JSON does not know.`)
  const bytes = Buffer.byteLength(text)
  if (bytes > mostBytes) throw new Error(`${what} has ${bytes} bytes as JSON; ${mostBytes} are allowed.`)
  if (text.includes('\\u0000'))
    throw new Error(`${what} has a character U+0000, which PostgreSQL does not keep.`)
  const parsed: unknown = JSON.parse(text)
  return parsed
}
