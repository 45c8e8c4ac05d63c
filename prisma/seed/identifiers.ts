import { fromUUIDBytes } from 'typeid-js'
import type { Random } from './random.ts'

/**
 * A TypeID that follows from the moment and the random numbers: a UUIDv7 as of RFC 9562, section 5.7.
 *
 * @param sequence orders ids of one moment, as its counter of 12 bits does (section 6.2, method 1); lists
 * whose rows were made at once come in this order
 */
export function identify(prefix: string, createdAt: Date, random: Random, sequence = 0): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(createdAt.getTime(), 0, 6)
  bytes.writeUInt16BE(0x7000 | (sequence & 0xfff), 6)
  bytes.writeUInt32BE(0x80000000 + random.integer(0, 2 ** 30 - 1), 8)
  bytes.writeUInt32BE(random.integer(0, 2 ** 32 - 1), 12)
  return fromUUIDBytes(prefix, bytes)
}
