import { type ByteRange, TrellisError } from '@trellis/sdk'

/** One range; several at once, and other units, are answered with the whole, as RFC 9110 allows. */
const oneRange = /^bytes=(\d{0,15})-(\d{0,15})$/

export interface RangeOptions {
  readonly size: number
  /** The entity tag of what there is. */
  readonly etag: string
}

/**
 * Which part a request asks for; `null` for the whole.
 *
 * @throws TrellisError `BAD_REQUEST` with status 416 when it begins behind the end
 */
export function rangeIn(headers: Pick<Headers, 'get'>, { size, etag }: RangeOptions): ByteRange | null {
  const [, first = '', last = ''] = oneRange.exec(headers.get('range') ?? '') ?? []
  // Who has a part of something else shall have all of this.
  const condition = headers.get('if-range')
  if ((first === '' && last === '') || (condition !== null && condition !== etag)) return null
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  const range =
    first === ''
      ? { first: Math.max(0, size - Number(last)), last: size - 1 }
      : { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
  if (range.first <= range.last) return range
  throw new TrellisError('BAD_REQUEST', `The file has ${size} bytes, and the range is outside of them.`, {
    extensions: { http: { status: 416, headers: { 'content-range': `bytes */${size}` } } },
  })
}
