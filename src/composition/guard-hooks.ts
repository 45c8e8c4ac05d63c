import { type DataContext, UserErrors } from '@trellis/sdk'
import { extensionFailure } from './extension-failure.ts'

/** Hooks by entity; of which entity a hook's changes are, only its author knows. */
type Hooks<Result> = Readonly<
  Record<string, (changes: never, context: DataContext) => Result | Promise<Result>>
>

/**
 * Hooks of an extension whose failures carry its name. They still fail the write that they are on: a check
 * that did not run has not agreed.
 */
export const guardHooks = <Result>(
  extension: string,
  kind: 'checks' | 'effects' | 'merges',
  hooks: Hooks<Result>,
): Hooks<Result> =>
  Object.fromEntries(
    Object.entries(hooks).map(([entity, hook]) => [
      entity,
      async (changes: never, context: DataContext) => {
        try {
          return await hook(changes, context)
        } catch (thrown) {
          if (thrown instanceof UserErrors) throw thrown
          throw extensionFailure(extension, `${kind}.${entity}`, thrown)
        }
      },
    ]),
  )
