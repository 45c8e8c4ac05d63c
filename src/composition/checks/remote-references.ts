import { isAbstractType, isInterfaceType, isObjectType, Kind } from 'graphql'
import { finding } from '../finding.ts'
import { namedTypeOf } from '../type-node.ts'
import type { Check } from './check.ts'

/**
 * A field of a service that leads to a record of the core is answered by the core: the service tells its id. Records of
 * other extensions, and those behind an interface or union, nobody could read.
 */
export const remoteReferences: Check = function* ({ members, types }) {
  for (const [coordinate, claims] of members)
    for (const { subschema, node } of claims) {
      if (subschema.kind !== 'extension' || !subschema.remote || node.kind !== Kind.FIELD_DEFINITION) continue
      const { remote } = subschema
      const name = namedTypeOf(node.type)
      const owner = types.get(name)?.[0]
      const theirs = remote.schema.getType(name)
      if (owner === undefined || theirs === undefined) continue
      const isOwn = owner.subschema === subschema
      const foreign = isAbstractType(theirs)
        ? isOwn
          ? remote.schema.getPossibleTypes(theirs).filter(member => remote.foreign.has(member.name))
          : [theirs]
        : []
      if (foreign.length > 0 || (remote.foreign.has(name) && owner.subschema.kind !== 'core'))
        yield finding({
          code: 'REFERENCE_NOT_READABLE',
          coordinate,
          spots: [{ subschema, node }, owner],
          message: named =>
            `${coordinate} of ${named} leads to ${name}, whose records are not the service's and not read by an id.`,
          fix: 'Let it answer a type of its own, or a record of the core by its own type.',
        })
      else if (
        remote.foreign.has(name) &&
        (isObjectType(theirs) || isInterfaceType(theirs)) &&
        !Object.hasOwn(theirs.getFields(), 'id')
      )
        yield finding({
          code: 'REFERENCE_WITHOUT_KEY',
          coordinate,
          spots: [{ subschema, node }, owner],
          message: (named, other) =>
            `${coordinate} of ${named} leads to ${name} of ${other}, but the service does not tell its id.`,
          fix: `Add \`id: ID!\` to its \`type ${name}\`.`,
        })
    }
}
