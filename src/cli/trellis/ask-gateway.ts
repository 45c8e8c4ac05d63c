import { z } from 'zod'
import { CommandError } from './command-error.ts'

/** Which gateway, and with which key. */
export interface Connection {
  /** Such as `http://127.0.0.1:4000`, with or without `/graphql`. */
  readonly url: string
  /** `null` where none is needed, as on the same machine in development. */
  readonly key: string | null
}

export interface Question<Data> {
  readonly query: string
  readonly variables?: object
  /** What is expected under `data`. */
  readonly shape: z.ZodType<Data>
}

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }),
    )
    .optional(),
})

/** How long an answer may take, in ms: changing an extension composes the schema anew. */
const patience = 60_000

/**
 * What a gateway answers under `data`.
 *
 * @throws CommandError when it cannot be reached, does not speak GraphQL, or answers errors
 */
export async function askGateway<Data>(
  { url, key }: Connection,
  { query, variables = {}, shape }: Question<Data>,
): Promise<Data> {
  const endpoint = endpointOf(url)
  const answer = answerShape.safeParse(await post(endpoint, key, { query, variables }))
  if (!answer.success) throw new CommandError(`${endpoint} does not answer as a GraphQL API does.`)
  const { data, errors = [] } = answer.data
  if (errors.length > 0)
    throw new CommandError(
      errors
        .map(({ message, extensions }) => [extensions?.code, message].filter(Boolean).join(': '))
        .join('\n'),
    )
  return shape.parse(data)
}

/** @throws CommandError when it is no address */
function endpointOf(url: string): string {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new CommandError(
      `${JSON.stringify(url)} is no address of a gateway, such as http://127.0.0.1:4000.`,
      { exitCode: 2 },
    )
  return url.replace(/\/(graphql\/?)?$/, '').concat('/graphql')
}

async function post(endpoint: string, key: string | null, body: object): Promise<unknown> {
  let text: string
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      // A key goes to the address that it was given for, and nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    text = await response.text()
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
    const said = reason instanceof Error ? reason.message : String(reason)
    throw new CommandError(
      `${endpoint} does not answer: ${said}. Is Trellis running there? --url says where.`,
      {
        cause,
      },
    )
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
