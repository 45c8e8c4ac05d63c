import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type DocumentNode, type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import type { StringifiedResult } from '../compiled/answer-operation.ts'
import type { KnownOperation, KnownOperations } from '../compiled/known-operations.ts'
import type { DocumentCache } from '../document-cache.ts'
import type { Exchange } from '../exchange.ts'
import type { RequestHead } from '../generation.ts'
import type { Traffic } from '../metrics/traffic.ts'
import type { OriginPolicy } from '../origin-policy.ts'
import { logAccess } from '../plugins/use-access-log.ts'
import { allowedOrigin } from '../plugins/use-cors.ts'
import { costHeader } from '../plugins/use-costs.ts'
import { isOwnSite } from '../plugins/use-cross-site-guard.ts'
import type { Authenticate } from '../plugins/use-identity.ts'
import { saneRequestId } from '../plugins/use-request-id.ts'
import { findFault } from '../plugins/use-sound-variables.ts'
import type { AcceptedTypes } from './accepted-types.ts'
import { readSmallBody, restoreBody } from './read-small-body.ts'
import { requestLog } from './request-log.ts'

export interface DirectOptions {
  readonly documents: DocumentCache<DocumentNode>
  readonly known: KnownOperations
  readonly acceptedTypes: AcceptedTypes
  readonly authenticate: Authenticate
  readonly isAllowed: OriginPolicy
  readonly traffic: Traffic
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

/** What became of a request; `result` has errors, which the plugins are to show. */
export type Outcome =
  | { readonly kind: 'sent' | 'gone' | 'not mine' }
  | { readonly kind: 'result'; readonly result: ExecutionResult }

/**
 * Answers queries that came before without the stages that make Yoga's requests and responses: they cost more than
 * reading a record does. It only ever says what the plugins would have said; whatever is out of the
 * ordinary, refusals and errors above all, is theirs. A plugin that is added has to be thought of here.
 */
export function createDirectAnswers({
  documents,
  known,
  acceptedTypes,
  authenticate,
  isAllowed,
  traffic,
  log,
}: DirectOptions) {
  /** The operation with all that it is executed with, or `null` where it is not known or does not fit. */
  const prepare = (
    exchange: Exchange,
    request: RequestHead,
    response: ServerResponse,
    { query, operationName, variables }: Parameters,
  ) => {
    const { viewer } = exchange
    const document = documents.get(query)
    const { schema, createContext } = exchange.generation
    const operation = document && known.find(schema, document, operationName)
    if (!viewer || !document || !operation) return null
    if (Object.values(variables).some(value => findFault(value) !== null)) return null
    if (!operation.takes(variables)) return null
    exchange.operation = { name: operation.name, type: operation.type }
    const leaving = new AbortController()
    // Every response closes; the reason for one that was not sent whole is dear to make.
    response.once('close', () => {
      if (!response.writableFinished) leaving.abort()
    })
    if (response.destroyed) leaving.abort()
    const { requestId } = exchange
    const contextValue = createContext({
      viewer,
      requestId,
      log: exchange.log,
      signal: leaving.signal,
      request,
      document,
      operationName,
      variables,
    })
    return {
      operation,
      args: { schema, document, operationName, contextValue, variableValues: variables },
    }
  }

  return async (
    incoming: IncomingMessage,
    response: ServerResponse,
    exchange: Exchange,
  ): Promise<Outcome> => {
    const { headers } = incoming
    const request = headOf(incoming)
    const contentType = acceptedTypes.typeFor(headers.accept)
    if (contentType === null || !isOwnSite(request.headers, isAllowed)) return { kind: 'not mine' }
    if (headers[costHeader] !== undefined) return { kind: 'not mine' }
    // As in the plugins: nobody's body is read before it is known whose it is.
    const viewer = await authenticate(request, exchange.connection).catch(() => null)
    if (viewer === null) return { kind: 'not mine' }
    const body = await readSmallBody(incoming)
    if (body === null) return { kind: 'gone' }
    const parameters = parametersIn(body)
    exchange.viewer = viewer
    exchange.requestId = saneRequestId(request.headers.get('x-request-id')) ?? exchange.requestId
    exchange.log = requestLog(log, exchange.requestId)
    const prepared = parameters && prepare(exchange, request, response, parameters)
    if (!prepared) {
      restoreBody(incoming, body)
      return { kind: 'not mine' }
    }
    const result = await execute(prepared)
    if (typeof result !== 'string') {
      restoreBody(incoming, body)
      return { kind: 'result', result }
    }
    response
      .writeHead(200, {
        'content-type': contentType,
        'content-length': Buffer.byteLength(result),
        'x-request-id': exchange.requestId,
        vary: 'origin',
        ...allowedOrigin(headers.origin ?? null, isAllowed),
      })
      .end(result)
    const facts = { method: 'POST', path: '/graphql', status: 200 }
    logAccess(exchange, facts)
    traffic.note(exchange, facts)
    return { kind: 'sent' }
  }
}

interface Prepared {
  readonly operation: KnownOperation
  readonly args: ExecutionArgs
}

/** The response's text, or a result that has errors. */
async function execute({ operation, args }: Prepared): Promise<string | ExecutionResult> {
  try {
    const result = await operation.execute(args)
    if (result.errors !== undefined) return result
    return hasText(result) ? result.stringify() : JSON.stringify({ data: result.data })
  } catch (error) {
    const originalError = error instanceof Error ? error : new Error(String(error))
    return { errors: [new GraphQLError(originalError.message, { originalError })] }
  }
}

const hasText = (result: ExecutionResult): result is StringifiedResult => 'stringify' in result

/** The headers of a request as the plugins read them. */
const headOf = ({ headers }: IncomingMessage): RequestHead => ({
  headers: {
    get: name => {
      const value = headers[name.toLowerCase()]
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
    },
  },
})
