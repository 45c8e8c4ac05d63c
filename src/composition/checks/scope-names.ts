import { suggestionList } from 'graphql/jsutils/suggestionList.js'
import { scopeName } from '../../lib/scopes.ts'
import { finding } from '../finding.ts'
import { scopedEntities } from '../scoped-entities.ts'
import type { ManifestCheck } from './check.ts'

/** A scope is one of an entity that there is: a misspelt one would be missing where its code is called. */
export const scopeNames: ManifestCheck = function* ({ core, extensions }) {
  const known = scopedEntities(core).flatMap(entity => [
    scopeName(entity, 'read'),
    scopeName(entity, 'write'),
  ])
  for (const subschema of extensions) {
    const { scopes } = subschema.extension
    for (const scope of scopes === undefined ? [] : listed(scopes)) {
      if (typeof scope === 'string' && known.includes(scope)) continue
      const near = typeof scope === 'string' ? suggestionList(scope, known).slice(0, 3) : []
      yield finding({
        code: 'UNKNOWN_SCOPE',
        spots: [{ subschema }],
        message: named => `${named} has the scope ${JSON.stringify(scope)}, which there is not.`,
        fix:
          near.length > 0
            ? `Write one of ${near.join(', ')}, or remove it.`
            : `Write the entity in lowerCamelCase, a colon, and read or write, such as ${known[0] ?? 'customer:read'}.`,
      })
    }
  }
}

/** An extension may be JavaScript, so that nobody else has checked. */
const listed = (scopes: unknown): readonly unknown[] => (Array.isArray(scopes) ? scopes : [scopes])
