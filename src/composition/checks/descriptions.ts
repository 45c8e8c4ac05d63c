import { definitionsOf } from '../definitions.ts'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** The SDL is the manual: whatever clients see is described. A warning, so that a draft can be tried. */
export const descriptions: Check = function* ({ extensions, types }) {
  for (const subschema of extensions)
    for (const { coordinate, node } of definitionsOf(subschema)) {
      if (node.description !== undefined && node.description.value.trim() !== '') continue
      const typeName = coordinate.split('.')[0] ?? coordinate
      // A copy of a shared type is its owner's to describe.
      if (subschema.types.has(typeName) && types.get(typeName)?.[0]?.subschema !== subschema) continue
      yield finding({
        code: 'DESCRIPTION_MISSING',
        severity: 'warning',
        coordinate,
        spots: [{ subschema, node }],
        message: named => `${coordinate} of ${named} has no description.`,
        fix: 'Describe it in the SDL, in """triple quotes""" above it.',
      })
    }
}
