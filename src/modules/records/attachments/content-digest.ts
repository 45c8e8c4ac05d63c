import { TrellisError } from '@trellis/sdk'

/** The algorithms of RFC 9530 that are checked; the others are outdated. */
export const digestAlgorithms = ['sha-256', 'sha-512'] as const
export type DigestAlgorithm = (typeof digestAlgorithms)[number]

/** By algorithm, as base64. */
export type Digests = ReadonlyMap<DigestAlgorithm, string>

/** The two are the same where the body is the whole file as it is, which a PUT's is here. */
const names = ['content-digest', 'repr-digest']

/** A member of a dictionary of byte sequences, as of RFC 9651, such as `sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:`. */
const member = /^\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*(?:;.*)?$/

const isChecked = (name: string | undefined): name is DigestAlgorithm =>
  digestAlgorithms.some(algorithm => algorithm === name)

/**
 * What the sender says that the bytes come to.
 *
 * @throws TrellisError `BAD_REQUEST` when it cannot be read, or by no algorithm that is checked: who sends a
 * digest counts on it
 */
export function digestsIn(headers: Pick<Headers, 'get'>): Digests {
  const digests = new Map<DigestAlgorithm, string>()
  for (const name of names) {
    const header = headers.get(name)
    if (header === null) continue
    const members = header.split(',').map(text => member.exec(text))
    const known = members.flatMap(found => {
      const [, algorithm, digest] = found ?? []
      return isChecked(algorithm) && digest !== undefined ? [[algorithm, digest] as const] : []
    })
    if (members.includes(null) || known.length === 0)
      throw new TrellisError(
        'BAD_REQUEST',
        `${name} is ${JSON.stringify(header.slice(0, 100))}; it has to look like sha-256=:<base64>:, of ${digestAlgorithms.join(' or ')}.`,
      )
    for (const [algorithm, digest] of known) digests.set(algorithm, digest)
  }
  return digests
}
