import { UserErrors } from '../sdk/index.ts'
import { extensionFailure } from './extension-failure.ts'
import type { Resolve } from './resolver-map.ts'

/** A resolver of an extension, with its owner's name on whatever it throws, rejects with or answers in error. */
export function guardResolver(extension: string, coordinate: string, resolve: Resolve): Resolve {
  const failure = (thrown: unknown): Error => {
    // A mutation's outcome, which the gateway answers in the payload after rolling back.
    if (thrown instanceof UserErrors && coordinate.startsWith('Mutation.')) return thrown
    return extensionFailure(extension, coordinate, thrown)
  }
  const checked = (value: unknown): unknown => {
    if (value instanceof Error) throw failure(value)
    return Array.isArray(value) && value.some(item => item instanceof Error)
      ? value.map((item: unknown) => (item instanceof Error ? failure(item) : item))
      : value
  }
  const refused = (thrown: unknown): never => {
    throw failure(thrown)
  }
  return (source, args, context, info) => {
    let value: unknown
    try {
      value = resolve(source, args, context, info)
    } catch (thrown) {
      throw failure(thrown)
    }
    return isThenable(value) ? value.then(checked, refused) : checked(value)
  }
}

export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
