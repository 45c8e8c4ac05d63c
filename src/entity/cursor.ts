import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import { TrellisError } from '@trellis/sdk'
import type { Place } from './sql/keyset.ts'

/** Writes and reads cursors: opaque to clients, bound to one list's order, and signed. */
export interface Cursors {
  write(signature: string, place: Place): string
  /** @throws TrellisError `INVALID_CURSOR` */
  read(signature: string, cursor: string): Place
}

/** @param secret shared by all replicas on one database, so that each reads the others' cursors */
export function createCursors(secret: string): Cursors {
  const key = createSecretKey(secret, 'utf8')
  const seal = (signature: string, body: string): Buffer =>
    createHmac('sha256', key).update(signature).update('\n').update(body).digest().subarray(0, 9)

  return {
    write(signature, place) {
      const body = Buffer.from(JSON.stringify(place)).toString('base64url')
      return `${body}.${seal(signature, body).toString('base64url')}`
    },
    read(signature, cursor) {
      // However long: a list sorted by a text has the text in its cursors, and the body's limit bounds them all.
      const parts = cursor.split('.')
      const [body = '', sealed = ''] = parts.length === 2 ? parts : []
      const given = Buffer.from(sealed, 'base64url')
      const expected = seal(signature, body)
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new TrellisError(
          'INVALID_CURSOR',
          `The cursor "${cursor.slice(0, 60)}" is not one of this list in this order; take it from pageInfo or edges of the same list.`,
        )
      const place: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
      return Array.isArray(place) ? place : []
    },
  }
}
