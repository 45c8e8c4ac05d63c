import { type FieldDefinitionNode, Kind, type TypeNode } from 'graphql'
import { finding } from '../finding.ts'
import { assumedSizeOf } from '../list-size.ts'
import { namedTypeOf } from '../type-node.ts'
import type { Check } from './check.ts'

/** Bounded by what the client sends: a count, or the keys themselves. */
const bounds: ReadonlySet<string> = new Set(['first', 'last', 'limit', 'ids'])

/** A list that an extension adds says how long it can get: the cost of a query is counted before it runs. */
export const listBound: Check = function* ({ members, types }) {
  for (const [coordinate, claims] of members)
    for (const { subschema, typeName, node } of claims) {
      if (subschema.kind === 'core' || node.kind !== Kind.FIELD_DEFINITION) continue
      const owner = types.get(typeName)?.[0]?.subschema
      // Within a connection, the field that leads to it is bounded.
      if (owner === subschema && typeName.endsWith('Connection')) continue
      if (!isLong(node) || isBounded(node)) continue
      yield finding({
        code: 'LIST_WITHOUT_BOUND',
        coordinate,
        spots: [{ subschema, node }],
        message: named => `${coordinate} of ${named} is a list without a bound.`,
        fix: 'Give it an argument `first`, `last` or `limit`, make it a connection, or declare `@listSize(assumedSize: 10)`.',
      })
    }
}

/** Refusals are as many as the input has parts, so `userErrors` needs no bound of its own. */
const isLong = ({ type }: FieldDefinitionNode): boolean =>
  namedTypeOf(type) !== 'UserError' && (hasList(type) || namedTypeOf(type).endsWith('Connection'))

const hasList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && hasList(type.type))

const isBounded = (field: FieldDefinitionNode): boolean =>
  assumedSizeOf(field) !== undefined || (field.arguments ?? []).some(({ name }) => bounds.has(name.value))
