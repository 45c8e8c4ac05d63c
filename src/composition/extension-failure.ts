import { ExtensionRefusal, TrellisError } from '@trellis/sdk'
import { WrongRemoteAnswer } from '../delegation/index.ts'
import { withoutStack } from '../lib/without-stack.ts'
import { WrongAnswer } from './checked-answers.ts'
import { WrongValue } from './leaf-values.ts'

/**
 * What clients are told of what an extension threw. A refusal stays what it is and is given the
 * extension's name; anything else is masked, and kept as the cause for the log.
 */
export const extensionFailure = (
  extension: string,
  coordinate: string,
  thrown: unknown,
): TrellisError | ExtensionRefusal => withoutStack(() => toldOf(extension, coordinate, thrown))

function toldOf(extension: string, coordinate: string, thrown: unknown): TrellisError | ExtensionRefusal {
  if (thrown instanceof ExtensionRefusal)
    return new ExtensionRefusal(thrown.code, thrown.message, { extension })
  if (thrown instanceof TrellisError)
    return new TrellisError(thrown.code, thrown.message, {
      cause: thrown,
      // Another extension's failure that came through this one stays that one's.
      extensions: { extension, ...thrown.extensions },
    })
  const isTold =
    thrown instanceof WrongAnswer || thrown instanceof WrongValue || thrown instanceof WrongRemoteAnswer
  const reason = isTold ? `: ${thrown.message}` : ''
  return new TrellisError(
    'EXTENSION_FAILED',
    `The extension ${extension} failed to answer ${coordinate}${reason}.`,
    {
      cause: thrown,
      extensions: { extension, retryable: false },
    },
  )
}

/** What clients are told while an extension is quarantined because its setup failed. */
export const extensionUnavailable = (extension: string, coordinate: string, cause: unknown): TrellisError =>
  new TrellisError(
    'EXTENSION_UNAVAILABLE',
    `The extension ${extension}, which answers ${coordinate}, is not running.`,
    {
      cause,
      extensions: { extension, retryable: false },
    },
  )
