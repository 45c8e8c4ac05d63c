import { finding } from '../finding.ts'
import { carriesRootPrefix, fieldPrefix } from '../names.ts'
import type { ManifestCheck } from './check.ts'

/**
 * Loaders and services are found by name, and what the core or another extension put there is not to be
 * replaced: an extension's stand under its own name, which no list of the core has.
 */
export const registryName: ManifestCheck = function* ({ core, extensions }) {
  const query = core.types.get('Query')
  const lists = new Set(query && 'fields' in query ? (query.fields ?? []).map(({ name }) => name.value) : [])
  for (const subschema of extensions) {
    const prefix = fieldPrefix(subschema.name)
    const { loaders = {}, services = {} } = subschema.extension
    for (const [registry, names] of [
      ['loaders', Object.keys(loaders)],
      ['services', Object.keys(services)],
    ] as const)
      for (const name of names)
        if (!carriesRootPrefix(name, prefix) || lists.has(name))
          yield finding({
            code: 'REGISTRY_NAME_PREFIX',
            spots: [{ subschema }],
            message: named => `${named} has the ${registry} "${name}", which is not its own name to use.`,
            fix: `Call them "${prefix}", "${prefix}s", or "${prefix}" and more words.`,
          })
  }
}
