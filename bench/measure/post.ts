import { type Agent, request } from 'node:http'

export interface PostOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** @default a connection of its own, so that none is taken that the server is about to close */
  readonly agent?: Agent
}

export interface Posted {
  readonly status: number
  readonly text: string
}

const patienceMs = 30_000

/** Sends JSON. @throws Error when there is no answer within half a minute */
export const post = ({ url, headers, body, agent }: PostOptions): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        agent: agent ?? false,
        method: 'POST',
        timeout: patienceMs,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...headers,
        },
      },
      response => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }))
        response.once('error', reject)
      },
    )
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${patienceMs} ms`)))
    asked.once('error', reject)
    asked.end(body)
  })
