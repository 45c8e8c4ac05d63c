import { TrellisError } from '@trellis/sdk'
import type { GraphQLParams } from 'graphql-yoga'
import type { GatewayPlugin } from '../exchange.ts'
import { findJsonFault } from '../json-fault.ts'
import { readBody } from '../read-body.ts'

const badRequest = (status: number, message: string) =>
  new TrellisError('BAD_REQUEST', message, { extensions: { http: { status } } })

/** @throws TrellisError `BAD_REQUEST` that says what is wrong and where */
function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const fault = findJsonFault(text)
    const where = fault === null ? '' : `: line ${fault.line}, column ${fault.column}: ${fault.reason}`
    throw badRequest(400, `${what} is not JSON${where}.`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseObject(text: string, what: string): Record<string, unknown> {
  const value = parseJson(text, what)
  if (isObject(value)) return value
  const given = Array.isArray(value)
    ? 'a list, and batches are not supported'
    : JSON.stringify(value).slice(0, 40)
  throw badRequest(400, `${what} has to be a JSON object, but is ${given}.`)
}

/** JSON in UTF-8 and nothing else: what forms, text and uploads can send, any page can send across sites. */
function assertJson(headers: Headers): void {
  const contentType = headers.get('content-type')
  const [mediaType = '', ...parameters] = (contentType ?? '')
    .split(';')
    .map(part => part.trim().toLowerCase())
  if (mediaType !== 'application/json') {
    const given = contentType === null ? 'missing' : JSON.stringify(contentType.slice(0, 100))
    throw badRequest(415, `The content-type is ${given}; application/json is allowed.`)
  }
  const charset = parameters
    .find(parameter => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw badRequest(415, `The charset is ${JSON.stringify(charset.slice(0, 40))}; utf-8 is allowed.`)
  }
  // A kilobyte can unpack to a gigabyte, and a body under the limit needs no compression.
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw badRequest(
      415,
      `The content-encoding is ${JSON.stringify(encoding.slice(0, 40))}; send the body as it is.`,
    )
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badRequest(400, 'The body is not valid UTF-8.')
  }
}

function parametersOfUrl(request: Request): GraphQLParams {
  const { searchParams } = new URL(request.url, 'http://localhost')
  const text = (name: string) => searchParams.get(name) ?? undefined
  const object = (name: string) => {
    const value = text(name)
    return value === undefined || value === '' ? undefined : parseObject(value, `The parameter "${name}"`)
  }
  const query = text('query')
  const operationName = text('operationName')
  const variables = object('variables')
  const extensions = object('extensions')
  return {
    ...(query !== undefined && { query }),
    ...(operationName !== undefined && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  }
}

/** Reads query, variables and operation name from the body or, for queries, the address; replaces Yoga's parsers. */
export const useParameters = ({ bodyLimitBytes }: { readonly bodyLimitBytes: number }): GatewayPlugin => ({
  onRequestParse({ request, setRequestParser }) {
    if (request.method === 'GET') setRequestParser(parametersOfUrl)
    if (request.method !== 'POST') return
    assertJson(request.headers)
    setRequestParser(async body => parseObject(decode(await readBody(body, bodyLimitBytes)), 'The body'))
  },
  onParams({ params }) {
    // Yoga checks the other three.
    const name: unknown = params.operationName
    if (name == null || typeof name === 'string') return
    throw badRequest(
      400,
      `The parameter "operationName" has to be a string, but is ${JSON.stringify(name).slice(0, 40)}.`,
    )
  },
})
