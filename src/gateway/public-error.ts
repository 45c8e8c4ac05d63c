import { type ErrorCode, ExtensionRefusal, errorCodes, TrellisError } from '@trellis/sdk'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import { withoutStack } from '../lib/without-stack.ts'
import { causesOf } from './database-failure.ts'
import { isDatabaseUnreachable } from './database-unreachable.ts'

/** An error as the client sees it, and the failure behind it that only the log sees. */
export interface PublicError {
  readonly error: GraphQLError
  /** `null` where there is nothing to look into: the client was told all. */
  readonly failure: unknown
}

interface Verdict {
  readonly code: string
  readonly message: string
  readonly failure: unknown
  readonly extensions?: GraphQLErrorExtensions
}

/** What was thrown, under the errors that execution wraps around it. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined
    ? originOf(error.originalError)
    : error
}

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCodes, code)

/**
 * What a refusal hides, however often it was wrapped. A refusal of a refusal hides nothing, and why an
 * extension is not running was logged when it was not started.
 */
function failureBehind({ code, cause }: TrellisError): unknown {
  if (code === 'EXTENSION_UNAVAILABLE') return null
  return cause instanceof TrellisError ? failureBehind(cause) : (cause ?? null)
}

/** Thrown by the executor while it reads arguments: the client's doing, though validation could not see it. */
const argumentRefused =
  /^Argument "\w+" (?:of (?:non-null|required) type ".+" (?:must not be null|was (?:not )?provided)|has invalid value )/

/** Of PostgreSQL, where its list of time zones is older than ours. */
const timeZoneRefused = /^time zone "[^"]+" not recognized$/

/** Graded from what was meant for the client to what was never meant for anyone. */
function judge(error: GraphQLError, requestId: string): Verdict {
  const origin = originOf(error)
  if (origin instanceof TrellisError) {
    return {
      code: origin.code,
      message: origin.message,
      failure: failureBehind(origin),
      extensions: origin.extensions,
    }
  }
  if (origin instanceof ExtensionRefusal)
    return { code: origin.code, message: origin.message, failure: null, extensions: origin.extensions }
  const { code, extension } = error.extensions
  if (code === 'EXTENSION_FAILED' && typeof extension === 'string') {
    return {
      code,
      message: `The extension ${extension} failed.`,
      failure: origin,
      extensions: { extension, retryable: false },
    }
  }
  // Yoga and graphql-js refuse whole requests so: nothing was executed that could have thrown it.
  const { http } = error.extensions
  if (error.path === undefined && http !== undefined) {
    return {
      code: isErrorCode(code) ? code : 'BAD_REQUEST',
      message: error.message,
      failure: null,
      extensions: { http },
    }
  }
  if (argumentRefused.test(error.message)) return { code: 'BAD_INPUT', message: error.message, failure: null }
  const refusedZone = causesOf(origin).find(({ message }) => timeZoneRefused.test(message))
  if (refusedZone)
    return { code: 'BAD_INPUT', message: `The database says: ${refusedZone.message}.`, failure: null }
  if (isDatabaseUnreachable(origin)) {
    return {
      code: 'UNAVAILABLE',
      message: 'The database does not answer at present. Try again shortly.',
      failure: origin,
    }
  }
  const message = `Something went wrong on our side. Quote request ${requestId}.`
  return { code: 'INTERNAL', message, failure: origin }
}

/** Whether an error is one that nobody was meant to see, and nobody has put a name to. */
export const isUnexplained = (error: GraphQLError): boolean => judge(error, '').code === 'INTERNAL'

/**
 * The status when the whole request was refused. `spec` makes Yoga answer 200 to clients that take
 * application/json only, as the GraphQL-over-HTTP specification asks for refusals of the document.
 */
function httpOf(code: string): NonNullable<GraphQLErrorExtensions['http']> {
  const { httpStatus } = isErrorCode(code) ? errorCodes[code] : errorCodes.INTERNAL
  if (code.startsWith('GRAPHQL_')) return { status: httpStatus, spec: true }
  if (httpStatus !== 200) return { status: httpStatus }
  return { status: code === 'INTERNAL' ? 500 : 400, spec: true }
}

/** What the client may know of an error, and what the log has to. */
export function publicError(
  error: GraphQLError,
  { requestId, isRefusal }: { readonly requestId: string; readonly isRefusal: boolean },
): PublicError {
  const { code, message, failure, extensions } = judge(error, requestId)
  const { http = httpOf(code), ...shown } = extensions ?? {}
  const { nodes = null, source = null, positions = null, path = null } = error
  // A field's error does not decide the status: other fields have answered.
  const transport = isRefusal ? { http } : {}
  return {
    failure,
    error: withoutStack(
      () =>
        new GraphQLError(message, {
          nodes,
          source,
          positions,
          path,
          extensions: { ...shown, code, requestId, ...transport },
        }),
    ),
  }
}
