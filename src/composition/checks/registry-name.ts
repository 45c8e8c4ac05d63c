import { finding } from '../finding.ts'
import { fieldPrefix } from '../names.ts'
import { wrongRegistryNames } from '../registry-names.ts'
import type { ManifestCheck } from './check.ts'

/** Loaders and services carry the name of their extension. */
export const registryName: ManifestCheck = function* ({ core, extensions }) {
  const query = core.types.get('Query')
  const lists = new Set(query && 'fields' in query ? (query.fields ?? []).map(({ name }) => name.value) : [])
  for (const subschema of extensions) {
    const prefix = fieldPrefix(subschema.name)
    for (const { registry, name } of wrongRegistryNames(subschema.name, subschema.extension, lists))
      yield finding({
        code: 'REGISTRY_NAME_PREFIX',
        spots: [{ subschema }],
        message: named => `${named} has the ${registry} "${name}", which is not its own name to use.`,
        fix: `Call them "${prefix}", "${prefix}s", or "${prefix}" and more words.`,
      })
  }
}
