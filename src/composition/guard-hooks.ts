import { type DataContext, UserErrors } from '@trellis/sdk'
import type { Supervisor } from '../supervision/index.ts'
import { extensionFailure } from './extension-failure.ts'

/** Hooks by entity; of which entity a hook's changes are, only its author knows. */
type Hooks<Result> = Readonly<
  Record<string, (changes: never, context: DataContext) => Result | Promise<Result>>
>

/**
 * Hooks of an extension, supervised, whose failures carry its name. They still fail the write that they are on: a
 * check that did not run, or was not called because the extension is left alone, has not agreed.
 */
export const guardHooks = <Result>(
  supervisor: Supervisor,
  kind: 'checks' | 'effects' | 'merges',
  hooks: Hooks<Result>,
): Hooks<Result> =>
  Object.fromEntries(
    Object.entries(hooks).map(([entity, hook]) => {
      const supervised = supervisor.field(`${kind}.${entity}`)
      const outcome = {
        check: (answer: Result) => answer,
        failed: (thrown: unknown): never => {
          if (thrown instanceof UserErrors) throw thrown
          throw extensionFailure(supervisor.extension, supervised.coordinate, thrown)
        },
      }
      return [
        entity,
        async (changes: never, context: DataContext) =>
          supervised.run<Result, Result>(context, () => hook(changes, context), outcome),
      ]
    }),
  )
