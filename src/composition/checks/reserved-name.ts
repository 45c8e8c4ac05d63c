import { definitionsOf } from '../definitions.ts'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** What every JavaScript object has: as names they would be found in maps where nobody put them. */
const inherited: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)])

/** Names that belong to introspection or to JavaScript are nobody's to define. */
export const reservedName: Check = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const { coordinate, node } of definitionsOf(subschema)) {
      const name = node.name.value
      if (!name.startsWith('__') && !inherited.has(name)) continue
      yield finding({
        code: 'RESERVED_NAME',
        coordinate,
        spots: [{ subschema, node }],
        message: named =>
          `${named} defines ${coordinate}, a name that ${name.startsWith('__') ? 'GraphQL' : 'JavaScript'} reserves.`,
        fix: 'Choose another name.',
      })
    }
}
