import { createHash } from 'node:crypto'
import { TrellisError } from '@trellis/sdk'
import type { DigestAlgorithm, Digests } from './content-digest.ts'

/** What is measured of bytes while they go by. */
export interface Meter {
  /** The same bytes. @throws TrellisError `PAYLOAD_TOO_LARGE` with the chunk that goes beyond the limit */
  through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void>
  /** Once all have gone by. @throws TrellisError `BAD_REQUEST` when they are not what was announced */
  result(): Measured
}

export interface Measured {
  readonly size: number
  /** In hexadecimal digits. */
  readonly sha256: string
}

export const tooLarge = (limit: number): TrellisError =>
  new TrellisError('PAYLOAD_TOO_LARGE', `The file is over the limit of ${limit} bytes.`)

const hashNames: Readonly<Record<DigestAlgorithm, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' }

export function createMeter(limit: number, announced: Digests): Meter {
  const algorithms = new Set<DigestAlgorithm>(['sha-256', ...announced.keys()])
  const hashes = new Map([...algorithms].map(name => [name, createHash(hashNames[name])]))
  let size = 0
  return {
    async *through(bytes) {
      for await (const chunk of bytes) {
        size += chunk.byteLength
        if (size > limit) throw tooLarge(limit)
        for (const hash of hashes.values()) hash.update(chunk)
        yield chunk
      }
    },
    result() {
      const digests = new Map([...hashes].map(([name, hash]) => [name, hash.digest()]))
      for (const [name, digest] of announced) {
        const found = digests.get(name)?.toString('base64')
        if (found !== digest)
          throw new TrellisError(
            'BAD_REQUEST',
            `The bytes that arrived have the ${name} digest ${found}, not ${digest}, which was announced. Send them again.`,
          )
      }
      return { size, sha256: digests.get('sha-256')?.toString('hex') ?? '' }
    },
  }
}
