import { type ASTNode, type NamedTypeNode, specifiedScalarTypes, visit } from 'graphql'
import type { Draft } from '../draft.ts'
import { finding } from '../finding.ts'
import { carriesPrefix, rootTypes, typePrefix } from '../names.ts'
import { dependenciesOf } from '../sort-extensions.ts'
import type { Subschema } from '../subschema.ts'
import type { Check } from './check.ts'

/** Types that are used exist, and those of other extensions are in dependsOn; the core leans on no extension. */
export const references: Check = function* (draft) {
  const builtin = new Set(specifiedScalarTypes.map(({ name }) => name))
  for (const subschema of [draft.core, ...draft.extensions]) {
    const reach = new Set(['core', subschema.name, ...dependenciesOf(subschema)])
    for (const { name, node, use } of usesOf(subschema, draft)) {
      const owner = draft.types.get(name)?.[0]
      if (owner === undefined) {
        // `extend` of nothing has been named by the rule about extending types.
        if (!builtin.has(name) && use !== 'extends')
          yield finding({
            code: 'UNKNOWN_TYPE',
            coordinate: name,
            spots: [{ subschema, node }],
            message: named => `${named} ${use} ${name}, which nobody defines.`,
            fix: 'Correct the name, define the type, or install the extension that does.',
          })
      } else if (!reach.has(owner.subschema.name))
        yield finding({
          code: 'DEPENDENCY_NOT_DECLARED',
          coordinate: name,
          spots: [{ subschema, node }, owner],
          message: (named, other) => `${named} ${use} ${name} of ${other} without depending on it.`,
          fix: `Add \`${owner.subschema.name}: '^${owner.subschema.version}'\` to dependsOn.`,
        })
    }
  }
}

interface Use {
  readonly name: string
  readonly node: ASTNode
  readonly use: 'uses' | 'extends' | 'copies'
}

/** The first use of each type; one problem for each is enough. */
function usesOf(subschema: Subschema, { types }: Draft): readonly Use[] {
  const uses = new Map<string, Use>()
  const note = (name: string, node: ASTNode, use: Use['use']): void => {
    if (!uses.has(name)) uses.set(name, { name, node, use })
  }
  visit(subschema.document, { NamedType: (node: NamedTypeNode) => note(node.name.value, node, 'uses') })
  for (const [name, [node]] of subschema.extends)
    if (node !== undefined && !rootTypes.has(name)) note(name, node, 'extends')
  // A copy under its own prefix would be its own if it were alone, so it leans on nobody.
  for (const [name, node] of subschema.types)
    if (types.get(name)?.[0]?.subschema !== subschema && !carriesPrefix(name, typePrefix(subschema.name)))
      note(name, node, 'copies')
  return [...uses.values()]
}
