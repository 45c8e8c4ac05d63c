import { overrides } from '../draft.ts'
import { finding } from '../finding.ts'
import { carriesPrefix, carriesRootPrefix, fieldPrefix, rootTypes, typePrefix } from '../names.ts'
import type { Check } from './check.ts'

/** New types, root fields and directives carry their extension's name, so that no two extensions meet by accident. */
export const namePrefix: Check = function* ({ types, members, directives }) {
  for (const [name, [owner]] of types) {
    if (owner?.subschema.kind !== 'extension' || rootTypes.has(name)) continue
    const prefix = typePrefix(owner.subschema.name)
    if (!carriesPrefix(name, prefix))
      yield finding({
        code: 'TYPE_NAME_PREFIX',
        coordinate: name,
        spots: [owner],
        message: named => `The type ${name} of ${named} does not start with ${prefix}.`,
        fix: `Rename it to ${prefix}${name}.`,
      })
  }
  for (const [coordinate, claims] of members)
    for (const { subschema, typeName, node } of claims) {
      if (subschema.kind !== 'extension' || !rootTypes.has(typeName) || overrides(subschema, coordinate))
        continue
      const prefix = fieldPrefix(subschema.name)
      const name = node.name.value
      if (!carriesRootPrefix(name, prefix))
        yield finding({
          code: 'ROOT_FIELD_PREFIX',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `The root field ${coordinate} of ${named} does not start with ${prefix}.`,
          fix: `Rename it to ${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}.`,
        })
    }
  for (const [name, [owner]] of directives) {
    if (owner?.subschema.kind !== 'extension') continue
    const prefix = fieldPrefix(owner.subschema.name)
    if (!carriesPrefix(name, prefix))
      yield finding({
        code: 'DIRECTIVE_NAME_PREFIX',
        coordinate: `@${name}`,
        spots: [owner],
        message: named => `The directive @${name} of ${named} does not start with ${prefix}.`,
        fix: `Rename it to @${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}.`,
      })
  }
}
