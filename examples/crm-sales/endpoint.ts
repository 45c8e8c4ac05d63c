import { GraphQLClient, type Variables } from 'graphql-request'
import { describeFailure, isPassing } from './failure.ts'
import { retry } from './retry.ts'

export interface EndpointOptions {
  /** Such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  /** `null` for a development gateway on this machine. */
  readonly key: string | null
  /** Told when the gateway does not answer and is asked again. */
  readonly note: (message: string) => void
}

/** The GraphQL endpoint: one method, which lives through a gateway that goes away and comes back. */
export interface Endpoint {
  readonly request: <Answer>(
    document: string,
    variables: Variables,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
}

/** Longer than any batch takes. */
const answerWithin = 60_000

export function createEndpoint({ url, key, note }: EndpointOptions): Endpoint {
  const client = new GraphQLClient(url, {
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
  })
  return {
    request: <Answer>(
      document: string,
      variables: Variables,
      headers: Readonly<Record<string, string>> = {},
    ) =>
      retry(
        () =>
          client.request<Answer>({
            document,
            variables,
            requestHeaders: { ...headers },
            signal: AbortSignal.timeout(answerWithin),
          }),
        {
          isPassing,
          onWait: (error, milliseconds) =>
            note(`${url} does not answer (${describeFailure(error)}); next try in ${milliseconds / 1000} s.`),
        },
      ),
  }
}
