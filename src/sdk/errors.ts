import { GraphQLError } from 'graphql'

/**
 * The catalogue of refusals. A code is stable: clients branch on it, messages may be reworded.
 * `httpStatus` is what the transport answers when the whole request was refused for it.
 */
export const errorCodes = {
  UNAUTHENTICATED: { httpStatus: 401, meaning: 'No key, or one that is not known.' },
  FORBIDDEN: { httpStatus: 200, meaning: 'The viewer may not do this.' },
  MISSING_SCOPE: { httpStatus: 200, meaning: 'An extension lacks the scope for what its code does.' },
  BAD_INPUT: { httpStatus: 200, meaning: 'An argument has a value that is not allowed.' },
  INVALID_CURSOR: {
    httpStatus: 200,
    meaning: 'The cursor is not one of ours, or belongs to another list or order.',
  },
  MIXED_CURRENCIES: { httpStatus: 200, meaning: 'Amounts of several currencies would be added up.' },
  IDEMPOTENCY_KEY_REUSED: { httpStatus: 200, meaning: 'The key was used before, with another request.' },
  DRY_RUN_UNSUPPORTED: { httpStatus: 200, meaning: 'The mutation has effects outside the database.' },
  EXTENSION_FAILED: { httpStatus: 200, meaning: 'An extension failed; only its own fields are missing.' },
  EXTENSION_TIMEOUT: { httpStatus: 200, meaning: 'An extension did not answer in time.' },
  EXTENSION_OVERLOADED: { httpStatus: 200, meaning: 'An extension has too many calls under way.' },
  EXTENSION_UNAVAILABLE: {
    httpStatus: 200,
    meaning: 'An extension was not started, or keeps failing; its fields answer null.',
  },
  GRAPHQL_PARSE_FAILED: { httpStatus: 400, meaning: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { httpStatus: 400, meaning: 'The document does not fit the schema.' },
  BAD_REQUEST: { httpStatus: 400, meaning: 'The HTTP request is not a GraphQL request.' },
  NOT_FOUND: { httpStatus: 404, meaning: 'There is nothing at the address, or nothing that you may see.' },
  CONFLICT: { httpStatus: 409, meaning: 'What was sent contradicts what is there.' },
  WRITE_CONFLICT: {
    httpStatus: 503,
    meaning: 'Others were writing the same records at the same time; nothing was written.',
  },
  PAYLOAD_TOO_LARGE: { httpStatus: 413, meaning: 'The body is over the limit.' },
  UNAVAILABLE: { httpStatus: 503, meaning: 'The database does not answer; try again.' },
  INTERNAL: { httpStatus: 500, meaning: 'A failure of ours; the log has it under the request id.' },
} as const satisfies Record<string, { readonly httpStatus: number; readonly meaning: string }>

export type ErrorCode = keyof typeof errorCodes

export interface TrellisErrorOptions {
  /** The failure behind it; logged, never sent. */
  readonly cause?: unknown
  /** Further facts for the client, beside the code. */
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** A refusal: the message and the code reach the client as they are. */
export class TrellisError extends GraphQLError {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, { cause, extensions = {} }: TrellisErrorOptions = {}) {
    super(message, { extensions: { ...extensions, code } })
    this.name = 'TrellisError'
    this.code = code
    if (cause !== undefined) this.cause = cause
  }
}

/**
 * A refusal with a code of the extension's own, which the catalogue cannot list: a remote's. The message and the code
 * reach the client as they are.
 */
export class ExtensionRefusal extends GraphQLError {
  readonly code: string

  constructor(code: string, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { ...extensions, code } })
    this.name = 'ExtensionRefusal'
    this.code = code
  }
}

/** What a client can act on: shown beside the form field that `path` names. */
export interface UserError {
  /** One of the codes in docs/api.md, such as `NOT_FOUND`. Extensions may add their own. */
  readonly code: string
  readonly message: string
  /** From the mutation's arguments down, such as `["input", "items", "3", "email"]`. */
  readonly path: readonly string[]
}

/** What is wrong with a field of a mutation's `input`: `customerId`, or further down `['customerIds', '3']`. */
export const inputError = (field: string | readonly string[], code: string, message: string): UserError => ({
  code,
  message,
  path: ['input', field].flat(),
})

/**
 * An outcome that the client acts on. Thrown by services and checks, it rolls the mutation's
 * transaction back and is answered as `userErrors`; it never reaches the top-level `errors`.
 */
export class UserErrors extends Error {
  readonly userErrors: readonly UserError[]

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join('\n'))
    this.name = 'UserErrors'
    this.userErrors = userErrors
  }
}
