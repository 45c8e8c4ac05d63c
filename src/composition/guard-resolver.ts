import { type Context, UserErrors } from '@trellis/sdk'
import type { SupervisedField } from '../supervision/index.ts'
import { extensionFailure } from './extension-failure.ts'
import { checkedLeaves, WrongValue, withFailures } from './leaf-values.ts'
import type { Resolve } from './resolver-map.ts'

/** Whose code is guarded, and how it is called. */
export interface Guard {
  /** The extension's name. */
  readonly extension: string
  readonly supervised: SupervisedField
  /** The request's context as the extension's code sees it. */
  readonly scoped: (context: Context) => Context
}

/** A resolver of an extension: supervised, with its own context, and its owner's name on whatever it throws, rejects with or answers in error. */
export function guardResolver({ extension, supervised, scoped }: Guard, resolve: Resolve): Resolve {
  const failure = failureOf(extension, supervised.coordinate)
  const failed = (thrown: unknown): never => {
    throw failure(thrown)
  }
  return (source, args, context, info) =>
    supervised.run<unknown, unknown>(context, () => resolve(source, args, scoped(context), info), {
      check(answer, call) {
        const value = checkedLeaves(answer, info.returnType)
        if (value instanceof Error) throw value
        return withFailures(value, thrown => {
          if (thrown instanceof WrongValue) call.isWrong = true
          return failure(thrown)
        })
      },
      failed,
    })
}

/**
 * What is called beside resolvers, such as `subscribe` and `__resolveType`: its answer is none to the field.
 *
 * @param place the context's among the arguments: 2 as a resolver has it, 1 for what resolves types
 */
export function guardCall({ extension, supervised, scoped }: Guard, called: Resolve, place: 1 | 2): Resolve {
  const failure = failureOf(extension, supervised.coordinate)
  const outcome = {
    check: (answer: unknown) => answer,
    failed: (thrown: unknown): never => {
      throw failure(thrown)
    },
  }
  return (...args) => {
    // Of the four arguments graphql-js gives one of two places to the context.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
    const context = args[place] as Context
    return supervised.run<unknown, unknown>(
      context,
      () => Reflect.apply(called, undefined, args.with(place, scoped(context))),
      outcome,
    )
  }
}

const failureOf =
  (extension: string, coordinate: string) =>
  (thrown: unknown): Error => {
    // A mutation's outcome, which the gateway answers in the payload after rolling back.
    if (thrown instanceof UserErrors && coordinate.startsWith('Mutation.')) return thrown
    return extensionFailure(extension, coordinate, thrown)
  }
