import { TrellisError } from '@trellis/sdk'

const tooLarge = (limit: number) =>
  new TrellisError(
    'PAYLOAD_TOO_LARGE',
    `The body is over the limit of ${limit} bytes. Send fewer records at a time.`,
  )

/**
 * The body's bytes, at most `limit` of them. A declared length is trusted only to refuse early, since
 * it may be absent (chunked) or, without a socket's parser before us, a lie.
 *
 * @throws TrellisError `PAYLOAD_TOO_LARGE` without having read more than the limit and a chunk
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  if (request.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks, size)
    size += value.byteLength
    // Not cancelled: that would reset the connection before the refusal is sent; see listen.ts.
    if (size > limit) throw tooLarge(limit)
    chunks.push(value)
  }
}
