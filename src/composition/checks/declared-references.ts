import { finding } from '../finding.ts'
import type { ManifestCheck } from './check.ts'

/** References name a column and an entity. Whether there is such a column is seen when the migrations are through. */
export const declaredReferences: ManifestCheck = function* ({ core, extensions }) {
  for (const subschema of extensions)
    for (const [place, entity] of Object.entries(subschema.extension.references ?? {}))
      for (const problem of problemsOf(place, entity, subschema.extension.remote !== undefined))
        yield finding({
          code: 'REFERENCE_INVALID',
          spots: [{ subschema }],
          message: named => `${named} declares the reference "${place}": ${problem}`,
          fix: "Write references: { 'Visit.customerId': 'Customer' }: a table and a column of its own, and an entity of the core or Target.",
        })

  /** An extension may be JavaScript, so that nobody else has checked. */
  function* problemsOf(place: string, entity: string, isRemote: boolean) {
    if (isRemote) yield 'a remote extension has no tables here.'
    if (!/^\w+\.\w+$/.test(place)) yield 'its name is no table, a dot and a column.'
    if (entity !== 'Target' && !core.storedFields.has(entity)) yield `the core has no entity "${entity}".`
  }
}
