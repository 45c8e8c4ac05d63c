import { UserErrors } from '@trellis/sdk'
import { extensionFailure } from './extension-failure.ts'
import { checkedLeaves, withFailures } from './leaf-values.ts'
import type { Resolve } from './resolver-map.ts'
import { isThenable } from './thenable.ts'

/** A resolver of an extension, with its owner's name on whatever it throws, rejects with or answers in error. */
export function guardResolver(extension: string, coordinate: string, resolve: Resolve): Resolve {
  const failure = failureOf(extension, coordinate)
  const checked = (value: unknown): unknown => {
    if (value instanceof Error) throw failure(value)
    return withFailures(value, failure)
  }
  const call = guardCall(extension, coordinate, resolve)
  return (source, args, context, info) => {
    const value = call(source, args, context, info)
    return isThenable(value)
      ? value.then(answer => checked(checkedLeaves(answer, info.returnType)))
      : checked(checkedLeaves(value, info.returnType))
  }
}

/** What is called beside resolvers, such as `subscribe` and `__resolveType`: its answer is none to the field. */
export function guardCall(extension: string, coordinate: string, called: Resolve): Resolve {
  const failure = failureOf(extension, coordinate)
  const refused = (thrown: unknown): never => {
    throw failure(thrown)
  }
  return (...args) => {
    try {
      const value = called(...args)
      return isThenable(value) ? value.then(undefined, refused) : value
    } catch (thrown) {
      throw failure(thrown)
    }
  }
}

const failureOf =
  (extension: string, coordinate: string) =>
  (thrown: unknown): Error => {
    // A mutation's outcome, which the gateway answers in the payload after rolling back.
    if (thrown instanceof UserErrors && coordinate.startsWith('Mutation.')) return thrown
    return extensionFailure(extension, coordinate, thrown)
  }
