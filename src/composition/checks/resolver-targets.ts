import { Kind } from 'graphql'
import { type Claim, type Draft, membersOf } from '../draft.ts'
import { type Finding, finding } from '../finding.ts'
import { rootTypes } from '../names.ts'
import { entriesOf, isFieldConfig, isResolve, isScalar, mapOf, resolversOf } from '../resolver-map.ts'
import type { Subschema } from '../subschema.ts'
import type { Check } from './check.ts'

/** Every resolver answers something that its author's SDL defines, in the form that it takes; the core's as well. */
export const resolverTargets: Check = function* (draft) {
  for (const subschema of [draft.core, ...draft.extensions])
    for (const [typeName, value] of Object.entries(mapOf(subschema))) {
      const owner = draft.types.get(typeName)?.[0]
      if (owner === undefined) yield withoutField(subschema, typeName)
      else if (owner.subschema === subschema) yield* ownType(subschema, typeName, value, draft)
      else if (rootTypes.has(typeName)) yield* rootFields(subschema, typeName, value, draft)
      else yield* foreignType(subschema, typeName, value, owner)
    }
}

const withoutField = (subschema: Subschema, coordinate: string): Finding =>
  finding({
    code: 'RESOLVER_WITHOUT_FIELD',
    coordinate,
    spots: [{ subschema }],
    message: named => `${named} resolves ${coordinate}, which its SDL does not define.`,
    fix: `Add ${coordinate} to its SDL, correct the name, or remove the resolver.`,
  })

const invalid = (subschema: Subschema, coordinate: string, wants: string): Finding =>
  finding({
    code: 'RESOLVER_INVALID',
    coordinate,
    spots: [{ subschema }],
    message: named => `The resolver of ${coordinate} of ${named} is not ${wants}.`,
    fix: `Pass ${wants}.`,
  })

function* ownType(
  subschema: Subschema,
  typeName: string,
  value: unknown,
  { members, types }: Draft,
): Generator<Finding> {
  const kind = types.get(typeName)?.[0]?.node.kind
  if (kind === Kind.SCALAR_TYPE_DEFINITION) {
    // One of another copy of graphql has a rule of its own.
    if (!isScalar(value) && Object.prototype.toString.call(value) !== '[object GraphQLScalarType]')
      yield invalid(subschema, typeName, 'a GraphQLScalarType')
    return
  }
  if (typeof value !== 'object' || value === null)
    yield invalid(subschema, typeName, 'an object of resolvers by field')
  for (const [key, resolver] of entriesOf(value)) {
    const coordinate = `${typeName}.${key}`
    const isOfType = key === '__resolveType' || key === '__isTypeOf'
    const isMember = members.get(coordinate)?.some(claim => claim.subschema === subschema) ?? false
    if (!isOfType && !isMember) yield withoutField(subschema, coordinate)
    else if (kind !== Kind.ENUM_TYPE_DEFINITION && !isResolve(resolver) && !isFieldConfig(resolver))
      yield invalid(subschema, coordinate, 'a function')
  }
}

function* rootFields(
  subschema: Subschema,
  typeName: string,
  value: unknown,
  { members }: Draft,
): Generator<Finding> {
  for (const [key, resolver] of entriesOf(value)) {
    const coordinate = `${typeName}.${key}`
    if (!members.get(coordinate)?.some(claim => claim.subschema === subschema))
      yield withoutField(subschema, coordinate)
    else if (!isResolve(resolver) && !isFieldConfig(resolver))
      yield invalid(subschema, coordinate, 'a function')
  }
}

/** A shared type is resolved by its owner; a field added to a foreign type by a batch. */
function* foreignType(
  subschema: Subschema,
  typeName: string,
  value: unknown,
  owner: Claim<Parameters<typeof membersOf>[0]>,
): Generator<Finding> {
  if (isScalar(value)) {
    if (resolversOf(owner.subschema, typeName) !== value)
      yield finding({
        code: 'SCALAR_IMPLEMENTATION_MISMATCH',
        coordinate: typeName,
        spots: [{ subschema }, owner],
        message: (named, other) => `${named} implements the scalar ${typeName} again, which ${other} owns.`,
        fix: 'Remove it from resolvers, or import the same GraphQLScalarType object.',
      })
    return
  }
  const owned = new Set(membersOf(owner.node).map(({ name }) => name.value))
  for (const [key] of entriesOf(value)) {
    const coordinate = `${typeName}.${key}`
    const isShared = subschema.types.has(typeName) && owned.has(key)
    yield finding({
      code: isShared ? 'INVALID_FIELD_SHARING' : 'RESOLVER_ON_FOREIGN_TYPE',
      coordinate,
      spots: [{ subschema }, owner],
      message: (named, other) => `${named} resolves ${coordinate} of a type that ${other} owns.`,
      fix: isShared
        ? 'Remove the resolver: the owner of the type resolves it.'
        : `Move it to \`fields: { ${typeName}: { ${key}: field({ requires, batch }) } }\`: one call for all parents.`,
    })
  }
}
