import { createHash } from 'node:crypto'

/** Names for prepared statements, at most; each is kept by every connection. */
const most = 500

/**
 * Names statements by their text, so that a connection plans each of them once. Past the limit new ones
 * stay without a name: an attacker's thousand filters shall not fill the server's memory.
 */
export function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  return text => {
    const known = names.get(text)
    if (known !== undefined || names.size >= most) return known
    const name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
    return name
  }
}
