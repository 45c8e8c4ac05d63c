import { finding } from '../finding.ts'
import type { ManifestCheck } from './check.ts'

const pattern = /^[a-z][a-z0-9-]{1,40}$/

/** Names are well-formed, free, and unique: everything else names its owner by them. */
export const extensionName: ManifestCheck = function* ({ core, extensions }) {
  const taken = new Set(['core', ...core.owners.values()])
  for (const subschema of extensions) {
    if (!pattern.test(subschema.name))
      yield finding({
        code: 'INVALID_SUBGRAPH_NAME',
        spots: [{ subschema }],
        message: named => `The name of ${named} does not match ${pattern.source}.`,
        fix: 'Set `name` to lower-case letters, digits and hyphens, or name the package so.',
      })
    if (taken.has(subschema.name))
      yield finding({
        code: 'INVALID_SUBGRAPH_NAME',
        spots: [{ subschema }],
        message: named => `${named} has the name of a part of the core.`,
        fix: `Choose another name than ${[...taken].toSorted().join(', ')}.`,
      })
  }
  for (const [name, namesakes] of Map.groupBy(extensions, extension => extension.name))
    if (namesakes.length > 1)
      yield finding({
        code: 'DUPLICATE_NAME',
        spots: namesakes.map(subschema => ({ subschema })),
        message: (...named) => `The name ${name} is taken more than once: by ${named.join(' and by ')}.`,
        fix: 'Install it once, or rename one of them.',
        atFault: namesakes,
      })
}
