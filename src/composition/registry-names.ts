import type { RegistryFactories } from '@trellis/sdk'
import { carriesRootPrefix, fieldPrefix } from './names.ts'

/** An entry of a registry that is not its maker's to name so. */
export interface WrongName {
  readonly registry: 'loaders' | 'services'
  readonly name: string
}

/**
 * Loaders and services are found by name, and what the core or another extension put there is not to be
 * replaced: an extension's stand under its own name, which no list of the core has.
 */
export const wrongRegistryNames = (
  extension: string,
  { loaders = {}, services = {} }: RegistryFactories,
  lists: ReadonlySet<string>,
): readonly WrongName[] => {
  const prefix = fieldPrefix(extension)
  const isWrong = (name: string): boolean => !carriesRootPrefix(name, prefix) || lists.has(name)
  const wrong = (registry: WrongName['registry'], factories: object): readonly WrongName[] =>
    Object.keys(factories)
      .filter(isWrong)
      .map(name => ({ registry, name }))
  return [...wrong('loaders', loaders), ...wrong('services', services)]
}
