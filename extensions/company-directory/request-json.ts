/** The directory did not do what was asked of it. The message is for the log: it holds neither key nor answer. */
export class DirectoryFailure extends Error {
  override readonly name = 'DirectoryFailure'
}

export interface JsonRequest {
  readonly url: URL
  readonly apiKey: string
  /** Sent by POST as JSON. @default nothing, by GET */
  readonly body?: unknown
  readonly signal: AbortSignal
}

export interface JsonAnswer {
  readonly json: unknown
}

/** 50 companies are some 50 KB. */
const mostBytes = 1_048_576

/** There is no such thing, or no such method. */
const nothingThere: ReadonlySet<number> = new Set([404, 405, 501])

async function readJson(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? 'nothing'
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type))
    throw new DirectoryFailure(`answered with ${type.slice(0, 60)} in the place of JSON`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop ends the connection, too.
    if (length > mostBytes) throw new DirectoryFailure(`answered with more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new DirectoryFailure('answered with JSON that does not parse')
  }
}

/**
 * One request to the directory; `null` when there is nothing at the address. Redirects are not followed: the key goes where the administrator has said and nowhere else.
 *
 * @throws DirectoryFailure also when the signal is aborted
 */
export async function requestJson({ url, apiKey, body, signal }: JsonRequest): Promise<JsonAnswer | null> {
  try {
    const response = await fetch(url, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        accept: 'application/json',
        'x-api-key': apiKey,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      redirect: 'manual',
      signal,
    })
    if (response.ok) return { json: await readJson(response) }
    await response.body?.cancel()
    if (nothingThere.has(response.status)) return null
    if (response.status === 401 || response.status === 403)
      throw new DirectoryFailure(`refused the secret apiKey (${response.status})`)
    throw new DirectoryFailure(`answered with the status ${response.status}`)
  } catch (thrown) {
    if (thrown instanceof DirectoryFailure) throw thrown
    throw new DirectoryFailure(signal.aborted ? 'did not answer in time' : 'could not be reached', {
      cause: thrown,
    })
  }
}
