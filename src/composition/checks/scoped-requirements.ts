import { batchFieldsOf } from '../batch-fields.ts'
import type { Draft } from '../draft.ts'
import type { Finding } from '../finding.ts'
import { missingScope } from '../missing-scope.ts'
import { entitiesUnder } from '../scoped-entities.ts'
import type { ExtensionSubschema } from '../subschema.ts'
import type { Check } from './check.ts'
import { storedFieldsOf } from './stored-requirements.ts'

/**
 * What a field is given of a record of the core takes the scope to read it; the id alone tells whose answer it is, and
 * takes none. So it is with what a service elsewhere is sent.
 */
export const scopedRequirements: Check = function* (draft) {
  for (const subschema of draft.extensions) {
    for (const { coordinate, typeName, field } of batchFieldsOf(subschema)) {
      const claim = draft.members.get(coordinate)?.find(member => member.subschema === subschema)
      yield* required(subschema, typeName, field.requires, draft, {
        what: names => `requires ${names} for ${coordinate}`,
        coordinate,
        node: claim?.node,
      })
    }
    for (const [typeName, { key, requires }] of subschema.remote?.lookups ?? [])
      yield* required(subschema, typeName, [...key, ...[...requires.values()].flat()], draft, {
        what: names => `is sent ${names} of ${typeName}`,
        coordinate: typeName,
      })
  }
}

interface Use {
  readonly what: (names: string) => string
  readonly coordinate: string
  readonly node?: Parameters<typeof missingScope>[0]['node']
}

function required(
  subschema: ExtensionSubschema,
  typeName: string,
  names: readonly string[],
  draft: Draft,
  { what, ...place }: Use,
): Iterable<Finding> {
  // What is not stored is somebody else's to say.
  const stored = storedFieldsOf(typeName, draft)
  const beyondId = [...new Set(names)].filter(name => name !== 'id' && stored.has(name))
  if (beyondId.length === 0) return []
  return missingScope({
    subschema,
    entities: entitiesUnder(typeName, draft.core),
    what: what(beyondId.join(', ')),
    ...place,
  })
}
