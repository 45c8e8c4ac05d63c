import { NoAnswer, RequestRefused } from './errors.ts'
import type { TypedDocumentString } from './generated/graphql.ts'
import { send } from './send.ts'

export interface ClientOptions {
  /** Such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  /** `null` for a development gateway on this machine. */
  readonly key: string | null
}

export interface AskOptions {
  /** For mutations: sent again with the same key, a mutation has its effect once and the answer is the first one's. */
  readonly idempotencyKey?: string
  /** Gives the request up; a mutation may have been done by then. */
  readonly signal?: AbortSignal | undefined
}

/** Asks an operation; types of variables and answer come with the document. */
export interface Client {
  /**
   * @throws RequestRefused for top-level errors
   * @throws NoAnswer when there is none, even after several times; a mutation without key is sent once
   */
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Data>
}

interface GraphQLError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string; readonly requestId?: string }
}

interface GraphQLAnswer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly GraphQLError[]
}

/** Fields of an extension that failed are `null`, as their types say; everything else has been answered. */
const ofOneField: ReadonlySet<string> = new Set([
  'EXTENSION_FAILED',
  'EXTENSION_OVERLOADED',
  'EXTENSION_TIMEOUT',
  'EXTENSION_UNAVAILABLE',
])

export function createClient({ url, key }: ClientOptions): Client {
  return {
    async ask(document, variables, { idempotencyKey, signal } = {}) {
      const query = document.toString()
      // Where the word stands in a query, that is taken for a mutation: the safe mistake.
      const isMutation = /\bmutation\b/.test(query)
      const { status, text } = await send({
        url,
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        body: JSON.stringify({ query, variables }),
        // A query changes nothing.
        isRepeatable: idempotencyKey !== undefined || !isMutation,
        signal,
      })
      const { data, errors = [] }: GraphQLAnswer<never> = answerOf(text, `HTTP ${status} of ${url}`)
      // A mutation that an extension kept from being done is no field that is missing.
      const isMissing = ({ path = [], extensions }: GraphQLError): boolean =>
        ofOneField.has(extensions?.code ?? '') && (path.length > 1 || !isMutation)
      const error = errors.find(each => !isMissing(each))
      if (error) {
        const { code = `HTTP ${status}`, requestId = null } = error.extensions ?? {}
        throw new RequestRefused(error.message, { code, requestId })
      }
      if (!data) throw new NoAnswer(`HTTP ${status} of ${url} has no data`)
      return data
    },
  }
}

/** @throws NoAnswer for what is no JSON object, such as a proxy's page */
function answerOf(text: string, source: string): GraphQLAnswer<never> {
  try {
    const answer: GraphQLAnswer<never> | null = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null) return answer
  } catch {
    // Said below: what is no JSON, and what is JSON of another kind, are the same to whoever asks.
  }
  throw new NoAnswer(`${source} is no answer of a GraphQL endpoint: ${text.slice(0, 80)}`)
}
