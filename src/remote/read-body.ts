import type { Answered } from './connection.ts'
import type { Deadline } from './deadline.ts'
import type { Fail } from './fail.ts'
import { failureOf } from './failure-of.ts'

/** Lets go of an answer that nobody reads; its socket goes with it, since what may still come has no bound. */
export const discard = ({ body }: Pick<Answered, 'body'>): void => void body.destroy()

/**
 * The whole body as text.
 *
 * @throws RemoteFailure `TOO_LARGE` as soon as that is known, `TIMEOUT`, `ABORTED`, or `RESET` when it ends early
 */
export async function readBody(
  answered: Answered,
  most: number,
  deadline: Deadline,
  fail: Fail,
): Promise<string> {
  const tooLarge = () => fail('TOO_LARGE', `answered more than ${most} bytes.`)
  if (Number(answered.headers['content-length'] ?? 0) > most) {
    discard(answered)
    throw tooLarge()
  }
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of answered.body) {
      const part: Buffer = chunk
      bytes += part.length
      // Leaving the loop destroys the body and its socket.
      if (bytes > most) throw tooLarge()
      chunks.push(part)
    }
  } catch (error) {
    throw failureOf(error, deadline, fail)
  }
  return Buffer.concat(chunks, bytes).toString('utf8')
}
