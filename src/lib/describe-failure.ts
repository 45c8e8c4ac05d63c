/** A failure as the log shows it. */
export interface FailureDescription {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly code?: string
  readonly cause?: FailureDescription
}

const maximumDepth = 5

/**
 * Name, message, stack, code and causes, and no other property: drivers hang the statement, its
 * parameters and the conflicting row on their errors, and personal data is not for logs.
 */
export function describeFailure(failure: unknown, depth = 0): FailureDescription {
  if (!(failure instanceof Error)) return { name: typeof failure, message: String(failure).slice(0, 1000) }
  const { name, message, stack, cause } = failure
  return {
    name,
    message,
    stack,
    ...('code' in failure && typeof failure.code === 'string' && { code: failure.code }),
    ...(cause !== undefined && depth < maximumDepth && { cause: describeFailure(cause, depth + 1) }),
  }
}
