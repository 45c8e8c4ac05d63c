import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { StringifiedResult } from '../compiled/answer-operation.ts'
import type { KnownOperations } from '../compiled/known-operations.ts'
import type { DocumentCache } from '../document-cache.ts'
import { createExchange, type Exchange } from '../exchange.ts'
import type { OriginPolicy } from '../origin-policy.ts'
import { logAccess } from '../plugins/use-access-log.ts'
import type { CreateContext } from '../plugins/use-context.ts'
import { allowedOrigin } from '../plugins/use-cors.ts'
import { isOwnSite } from '../plugins/use-cross-site-guard.ts'
import type { Authenticate, RequestHead } from '../plugins/use-identity.ts'
import { saneRequestId } from '../plugins/use-request-id.ts'
import { findFault } from '../plugins/use-sound-variables.ts'
import type { AcceptedTypes } from './accepted-types.ts'

export interface DirectOptions {
  readonly schema: () => GraphQLSchema
  readonly documents: DocumentCache<DocumentNode>
  readonly known: KnownOperations
  readonly acceptedTypes: AcceptedTypes
  readonly authenticate: Authenticate
  readonly createContext: CreateContext
  readonly isAllowed: OriginPolicy
  readonly log: Logger
}

interface Parameters {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What an ordinary client sends and nothing else; whoever sends more, or less, goes the long way. */
function parametersIn(body: Buffer): Parameters | null {
  if (!isUtf8(body)) return null
  let sent: unknown
  try {
    sent = JSON.parse(body.toString())
  } catch {
    return null
  }
  if (!isObject(sent)) return null
  const { query, operationName = null, variables, extensions, ...more } = sent
  if (typeof query !== 'string' || extensions != null || Object.keys(more).length > 0) return null
  if (operationName !== null && typeof operationName !== 'string') return null
  if (variables != null && !isObject(variables)) return null
  return { query, operationName, variables: variables ?? {} }
}

/** The exchange of a request whose result has errors, which the plugins are to show; or the request is theirs from the start. */
export type Outcome = 'sent' | 'not mine' | Exchange

/**
 * Answers queries that came before without the stages that make Yoga's requests and responses: they cost more than
 * reading a record does. It only ever says what the plugins would have said; whatever is out of the
 * ordinary, refusals and errors above all, is theirs. A plugin that is added has to be thought of here.
 */
export function createDirectAnswers({
  schema,
  documents,
  known,
  acceptedTypes,
  authenticate,
  createContext,
  isAllowed,
  log,
}: DirectOptions) {
  const execute = async (
    exchange: Exchange,
    request: RequestHead,
    response: ServerResponse,
    { query, operationName, variables }: Parameters,
  ): Promise<ExecutionResult | null> => {
    const document = documents.get(query)
    const current = schema()
    const operation = document && known.find(current, document, operationName)
    if (!document || !operation) return null
    if (Object.values(variables).some(value => findFault(value) !== null)) return null
    if (!operation.takes(variables)) return null
    exchange.viewer = await authenticate(request, exchange.connection)
    if (exchange.viewer === null) return null
    exchange.operation = { name: operation.name, type: operation.type }
    exchange.requestId = saneRequestId(request.headers.get('x-request-id')) ?? exchange.requestId
    exchange.log = log.child({ requestId: exchange.requestId })
    const leaving = new AbortController()
    // Every response closes; the reason for one that was not sent whole is dear to make.
    response.once('close', () => {
      if (!response.writableFinished) leaving.abort()
    })
    const contextValue = createContext({
      viewer: exchange.viewer,
      requestId: exchange.requestId,
      log: exchange.log,
      signal: leaving.signal,
      request,
      document,
      operationName,
      variables,
    })
    return operation.execute({
      schema: current,
      document,
      operationName,
      contextValue,
      variableValues: variables,
    })
  }

  return async (incoming: IncomingMessage, response: ServerResponse, body: Buffer): Promise<Outcome> => {
    const { headers } = incoming
    const contentType = acceptedTypes.typeFor(headers.accept)
    const parameters = contentType === null ? null : parametersIn(body)
    if (contentType === null || parameters === null) return 'not mine'
    const request = headOf(incoming)
    if (!isOwnSite(request.headers, isAllowed)) return 'not mine'
    const exchange = createExchange({
      connection: { remoteAddress: incoming.socket.remoteAddress ?? null },
      log,
    })
    // What fails here fails there too, and is said in the right words there.
    const result = await execute(exchange, request, response, parameters).catch(() => null)
    if (result === null) return 'not mine'
    if (result.errors !== undefined) return Object.assign(exchange, { result })
    const text = hasText(result) ? result.stringify() : JSON.stringify({ data: result.data })
    response
      .writeHead(200, {
        'content-type': contentType,
        'content-length': Buffer.byteLength(text),
        'x-request-id': exchange.requestId,
        vary: 'origin',
        ...allowedOrigin(headers.origin ?? null, isAllowed),
      })
      .end(text)
    logAccess(exchange, { method: 'POST', path: '/graphql', status: 200 })
    return 'sent'
  }
}

const hasText = (result: ExecutionResult): result is StringifiedResult => 'stringify' in result

/** The headers of a request as the plugins read them. */
const headOf = ({ headers }: IncomingMessage): RequestHead => ({
  headers: {
    get: name => {
      const value = headers[name]
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
    },
  },
})
