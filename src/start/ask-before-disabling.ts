import { type DataContext, UserErrors } from '@trellis/sdk'
import { withinDeadline } from '../background/index.ts'
import { type ComposedExtension, extensionFailure } from '../composition/index.ts'
import { dataContextFor } from '../gateway/context/extension-context.ts'
import type { Supervision } from '../supervision/index.ts'

const coordinate = 'lifecycle.beforeDisable'

/**
 * Asks an extension that runs whether it may be disabled, in the transaction that does it. No breaker stands before it: one
 * that fails again and again is to be disabled all the more.
 *
 * @throws UserErrors when it refuses, and TrellisError `EXTENSION_FAILED` when it fails
 */
export const askBeforeDisabling =
  (supervision: Supervision) =>
  async ({ name, status, extension }: ComposedExtension, context: DataContext): Promise<void> => {
    const { limits, lifecycle: { beforeDisable } = {} } = extension
    if (!beforeDisable || status !== 'ENABLED') return
    const supervisor = supervision.of(name, limits)
    try {
      await withinDeadline(
        () => supervisor.background(coordinate, () => beforeDisable(dataContextFor(context, name))),
        {
          deadlineMs: supervisor.limits.writeDeadlineMs,
          signal: context.signal,
          what: `${coordinate} of ${name}`,
        },
      )
    } catch (thrown) {
      if (thrown instanceof UserErrors) throw withPaths(thrown)
      throw extensionFailure(name, coordinate, thrown)
    }
  }

/** What is refused is the extension that was named, unless its author knows better. */
const withPaths = ({ userErrors }: UserErrors): UserErrors =>
  new UserErrors(
    userErrors.map(error => ({ ...error, path: error.path.length > 0 ? error.path : ['input', 'name'] })),
  )
