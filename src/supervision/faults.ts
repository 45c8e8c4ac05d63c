import { type ErrorCode, TrellisError, UserErrors } from '@trellis/sdk'

/** Refusals that say that something is broken; all others are about what the caller asks for, and no fault of the extension's. */
const brokenCodes: ReadonlySet<ErrorCode> = new Set([
  'EXTENSION_FAILED',
  'EXTENSION_TIMEOUT',
  'EXTENSION_UNAVAILABLE',
  'EXTENSION_OVERLOADED',
  'UNAVAILABLE',
  'INTERNAL',
])

/** Whether what an extension threw is a failure of its own. */
export function isFault(extension: string, thrown: unknown): boolean {
  if (thrown instanceof UserErrors) return false
  if (!(thrown instanceof TrellisError)) return true
  const { extension: named = extension } = thrown.extensions
  return named === extension && brokenCodes.has(thrown.code)
}

export const timedOut = (extension: string, coordinate: string, deadlineMs: number): TrellisError =>
  new TrellisError(
    'EXTENSION_TIMEOUT',
    `The extension ${extension} did not answer ${coordinate} within ${deadlineMs} ms.`,
    {
      extensions: { extension, retryable: true },
      // For the log: what a refusal hides is looked into, and this one is nobody's but the extension's.
      cause: new Error(`${coordinate} did not answer within ${deadlineMs} ms`),
    },
  )

export const overloaded = (extension: string, coordinate: string): TrellisError =>
  new TrellisError(
    'EXTENSION_OVERLOADED',
    `The extension ${extension} has too many calls under way to be asked for ${coordinate}.`,
    { extensions: { extension, retryable: true } },
  )

export const leftAlone = (extension: string, coordinate: string): TrellisError =>
  new TrellisError(
    'EXTENSION_UNAVAILABLE',
    `The extension ${extension}, which answers ${coordinate}, has failed repeatedly and is left alone for some seconds.`,
    { extensions: { extension, retryable: true } },
  )
