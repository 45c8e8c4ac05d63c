import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps texts from whoever reads the database alone. */
export interface Sealer {
  /** What it seals and opens with, for a process of ours that does the same. */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]]
  /** `place` is bound to it: what was sealed for one place does not open at another. */
  seal(text: string, place: string): string
  /** @throws Error when its key is not among ours, or it was changed or moved */
  open(sealed: string, place: string): string
}

/** Of a key, in bytes. */
export const keyBytes = 32

const nonceBytes = 12
const tagBytes = 16

const idOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

/**
 * AES-256-GCM (NIST SP 800-38D) with a fresh nonce each time. A sealed text is `v1.<id of the key>.<nonce, text and tag>`, the
 * last in base64url. The first key seals, all of them open, so that keys can be changed one after the other.
 */
export function createSealer(keys: readonly [Uint8Array, ...Uint8Array[]]): Sealer {
  const [first] = keys
  const byId = new Map(keys.map(key => [idOf(key), key]))
  return {
    keys,
    seal(text, place) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${idOf(first)}.${body.toString('base64url')}`
    },
    open(sealed, place) {
      const [version, id = '', text = ''] = sealed.split('.')
      const key = version === 'v1' ? byId.get(id) : undefined
      if (!key)
        throw new Error(
          `What was sealed for ${place} needs the key ${id}, which is not among the configured ones.`,
        )
      const body = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceBytes))
        .setAAD(Buffer.from(place))
        .setAuthTag(body.subarray(-tagBytes))
      try {
        return (
          decipher.update(body.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
        )
      } catch (cause) {
        throw new Error(`What was sealed for ${place} was changed, or is another place's.`, { cause })
      }
    },
  }
}
