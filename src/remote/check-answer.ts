import type { Answered } from './connection.ts'
import type { Fail } from './fail.ts'

const graphqlResponse = 'application/graphql-response+json'

/** `none` is no encoding that is registered; graphql-sse sends it so that proxies leave the stream as it is. */
const plain: ReadonlySet<unknown> = new Set([undefined, 'identity', 'none'])

/** The type of a body without its parameters, in small letters. */
export function mediaType({ headers }: Pick<Answered, 'headers'>): string {
  const value = headers['content-type']
  const [type = ''] = (typeof value === 'string' ? value : '').split(';')
  return type.trim().toLowerCase()
}

/**
 * Whether status and headers promise a GraphQL response. Its own media type says so whatever the status is, as GraphQL over
 * HTTP has it, but a 5xx is a failure of the service.
 *
 * @throws RemoteFailure `REDIRECT`, `HTTP_STATUS`, `NOT_JSON`
 */
export function checkAnswer(
  answered: Answered,
  fail: Fail,
  types = [graphqlResponse, 'application/json'],
): void {
  const { statusCode: status, headers } = answered
  const type = mediaType(answered)
  if (status >= 300 && status < 400)
    throw fail('REDIRECT', `answered with a redirect (${status}).`, { status })
  const isRefusal = status >= 400 && status < 500 && type === graphqlResponse
  if ((status < 200 || status > 299) && !isRefusal)
    throw fail('HTTP_STATUS', `answered with HTTP status ${status}.`, { status })
  if (!plain.has(headers['content-encoding']))
    throw fail('NOT_JSON', 'answered compressed, though not asked to.', { status })
  if (!types.includes(type))
    throw fail('NOT_JSON', `answered with another content type than ${types.join(' or ')}.`, { status })
}
