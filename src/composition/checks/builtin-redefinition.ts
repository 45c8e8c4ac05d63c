import { Kind, specifiedDirectives, specifiedScalarTypes } from 'graphql'
import { finding } from '../finding.ts'
import { listSizeDirective } from '../list-size.ts'
import type { Check } from './check.ts'

/** A scalar or directive means one thing everywhere: those of GraphQL, the core and composition are not defined again. */
export const builtinRedefinition: Check = function* ({ core, extensions }) {
  const scalars = new Set(specifiedScalarTypes.map(({ name }) => name))
  const directives = new Set(specifiedDirectives.map(({ name }) => name))
  directives.add(listSizeDirective.name.value)
  for (const subschema of extensions) {
    const defined = [...subschema.types.values(), ...[...subschema.extends.values()].flat()]
    for (const node of defined) {
      const name = node.name.value
      const original = core.types.get(name)
      const isScalar = node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.SCALAR_TYPE_EXTENSION
      if (!scalars.has(name) && !(isScalar && original?.kind === Kind.SCALAR_TYPE_DEFINITION)) continue
      yield finding({
        code: 'TYPE_DEFINITION_INVALID',
        coordinate: name,
        spots: [
          { subschema, node },
          ...(original === undefined ? [] : [{ subschema: core, node: original }]),
        ],
        message: (named, owner) =>
          `${named} defines ${name} again, which is ${owner === undefined ? "GraphQL's own" : `defined by ${owner}`}.`,
        fix: `Remove it: ${name} can be used without being defined.`,
      })
    }
    for (const node of subschema.directives.values()) {
      const name = node.name.value
      const original = core.directives.get(name)
      if (!directives.has(name) && original === undefined) continue
      yield finding({
        code: 'DIRECTIVE_DEFINITION_INVALID',
        coordinate: `@${name}`,
        spots: [
          { subschema, node },
          ...(original === undefined ? [] : [{ subschema: core, node: original }]),
        ],
        message: (named, owner) =>
          `${named} defines @${name} again, which is ${owner === undefined ? 'built in' : `defined by ${owner}`}.`,
        fix: `Remove it: @${name} can be used without being defined.`,
      })
    }
  }
}
