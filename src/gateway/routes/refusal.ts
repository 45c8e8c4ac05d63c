import { UserErrors } from '@trellis/sdk'
import { GraphQLError } from 'graphql'
import { type PublicError, publicError } from '../public-error.ts'

/** What a route answers instead, in the form that operations' errors have. */
export interface RouteRefusal {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly errors: readonly object[] }
  /** What the log has to see; `null` where the client was told all. */
  readonly failure: unknown
}

/** Of refusals that GraphQL answers with 200, since other fields have answered. */
const ownStatus: Readonly<Record<string, number>> = { FORBIDDEN: 403 }

/** A refusal, or a failure, as the client sees it. */
export function routeRefusal(thrown: unknown, requestId: string): RouteRefusal {
  if (thrown instanceof UserErrors) {
    const errors = thrown.userErrors.map(({ code, message }) => ({
      message,
      extensions: { code, requestId },
    }))
    return { status: 400, headers: {}, body: { errors }, failure: null }
  }
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown))
  const wrapped = new GraphQLError(originalError.message, { originalError })
  const { error, failure }: PublicError = publicError(wrapped, { requestId, isRefusal: true })
  const { http, ...extensions } = error.extensions
  return {
    status: ownStatus[String(extensions['code'])] ?? http?.status ?? 500,
    headers: { ...http?.headers },
    body: { errors: [{ message: error.message, extensions }] },
    failure,
  }
}
