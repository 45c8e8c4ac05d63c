import { setTimeout as sleep } from 'node:timers/promises'
import type { TypedDocumentString } from './generated/graphql.ts'

export interface ClientOptions {
  /** Such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  /** `null` for a development gateway on this machine. */
  readonly key: string | null
}

export interface AskOptions {
  /** For mutations: sent again with the same key, a mutation has its effect once and the answer is the first one's. */
  readonly idempotencyKey?: string
}

/** Asks an operation; types of variables and answer come with the document. */
export interface Client {
  /** @throws RequestRefused for top-level errors, which no form can mend: rights, limits, failures */
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Data>
}

interface GraphQLAnswer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** The request as a whole was refused. `code` is one of docs/api.md, such as `FORBIDDEN`. */
export class RequestRefused extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.name = 'RequestRefused'
    this.code = code
  }
}

/** Tries of one request, and how long an answer may take; milliseconds. */
const most = { tries: 5, wait: 30_000 } as const

export function createClient({ url, key }: ClientOptions): Client {
  const send = (body: string, { idempotencyKey }: AskOptions): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      body,
      signal: AbortSignal.timeout(most.wait),
    })

  return {
    async ask(document, variables, options = {}) {
      const body = JSON.stringify({ query: document.toString(), variables })
      // A query may be sent twice anyway, a mutation with its key: whoever lost the answer asks again.
      const isRepeatable = !document.toString().includes('mutation ') || options.idempotencyKey !== undefined
      const response = await again(() => send(body, options), isRepeatable)
      const answer: GraphQLAnswer<never> = JSON.parse(await response.text())
      const [error] = answer.errors ?? []
      if (error) throw new RequestRefused(error.extensions?.code ?? 'UNKNOWN', error.message)
      if (!answer.data) throw new RequestRefused('UNKNOWN', `HTTP ${response.status} without data.`)
      return answer.data
    },
  }
}

/** Sends until there is an answer that is not 503, with longer and longer waits. */
async function again(send: () => Promise<Response>, isRepeatable: boolean): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === most.tries || !isRepeatable
    try {
      const response = await send()
      if (response.status !== 503 || isLast) return response
    } catch (error) {
      if (isLast) throw error
    }
    await sleep(100 * 2 ** attempt)
  }
}
