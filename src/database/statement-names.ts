import { createHash } from 'node:crypto'

/** Names for prepared statements, at most; each is kept by every connection that used it. */
const most = 500

/** Characters; every connection keeps the plan of each, and those of longer texts are large. */
const longest = 20_000

/** How many texts are remembered as seen once. */
const mostSeen = 5000

/** After this the names start anew, and connections are replaced: what was popular once does not stay for good. */
export const statementLifetimeSeconds = 600

/**
 * Names statements by their text, so that a connection plans each of them once. A text gets a name the
 * second time it is seen, and past the limit none: somebody's thousand filters, each asked once, shall
 * neither fill the server's memory nor take the places of those that everybody asks.
 */
export function createStatementNames(now: () => number = Date.now): (text: string) => string | undefined {
  const names = new Map<string, string>()
  const seen = new Set<string>()
  let since = now()
  return text => {
    if (now() - since > statementLifetimeSeconds * 1000) {
      names.clear()
      seen.clear()
      since = now()
    }
    if (text.length > longest) return undefined
    const known = names.get(text)
    if (known !== undefined || names.size >= most) return known
    const name = createHash('sha1').update(text).digest('base64url')
    if (!seen.has(name)) {
      if (seen.size >= mostSeen) seen.clear()
      seen.add(name)
      return undefined
    }
    names.set(text, name)
    return name
  }
}
