import { UserErrors } from '@trellis/sdk'
import type { SupervisedField } from '../supervision/index.ts'
import { extensionFailure } from './extension-failure.ts'
import { checkedLeaves, WrongValue, withFailures } from './leaf-values.ts'
import type { Resolve } from './resolver-map.ts'

/** A resolver of an extension: supervised, and its owner's name on whatever it throws, rejects with or answers in error. */
export function guardResolver(extension: string, supervised: SupervisedField, resolve: Resolve): Resolve {
  const failure = failureOf(extension, supervised.coordinate)
  const failed = (thrown: unknown): never => {
    throw failure(thrown)
  }
  return (source, args, context, info) =>
    supervised.run<unknown, unknown>(context, () => resolve(source, args, context, info), {
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

/** What is called beside resolvers, such as `subscribe` and `__resolveType`: its answer is none to the field. */
export function guardCall(extension: string, supervised: SupervisedField, called: Resolve): Resolve {
  const failure = failureOf(extension, supervised.coordinate)
  const outcome = {
    check: (answer: unknown) => answer,
    failed: (thrown: unknown): never => {
      throw failure(thrown)
    },
  }
  return (...args) => supervised.run<unknown, unknown>(args[2], () => called(...args), outcome)
}

const failureOf =
  (extension: string, coordinate: string) =>
  (thrown: unknown): Error => {
    // A mutation's outcome, which the gateway answers in the payload after rolling back.
    if (thrown instanceof UserErrors && coordinate.startsWith('Mutation.')) return thrown
    return extensionFailure(extension, coordinate, thrown)
  }
