import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import type { Lookup } from '../../delegation/index.ts'
import type { Draft } from '../draft.ts'
import { type Finding, finding } from '../finding.ts'
import type { RemotePart } from '../remote/remote-part.ts'
import type { ExtensionSubschema } from '../subschema.ts'
import type { Check } from './check.ts'
import { storedFieldsOf } from './stored-requirements.ts'

/** Records of others are looked up many at once, by keys that are stored with them, and one that is not there is null. */
export const remoteLookups: Check = function* (draft) {
  for (const subschema of draft.extensions) {
    const { remote } = subschema
    if (!remote) continue
    for (const [typeName, lookup] of remote.lookups) {
      const type = remote.schema.getType(typeName)
      if (!isObjectType(type)) {
        yield finding({
          code: 'MERGE_TYPE_UNKNOWN',
          coordinate: typeName,
          spots: [{ subschema }],
          message: named => `${named} merges ${typeName}, which is no object type of its SDL.`,
          fix: `Correct the name in \`merge\`, or write \`type ${typeName}\` with its key and the fields to add.`,
        })
        continue
      }
      yield* entryPoint(subschema, remote, typeName, lookup)
      if (remote.foreign.has(typeName)) yield* keys(subschema, typeName, lookup, draft)
    }
    yield* unreachable(subschema, remote)
  }
}

function* entryPoint(
  subschema: ExtensionSubschema,
  { schema }: RemotePart,
  typeName: string,
  lookup: Lookup,
): Generator<Finding> {
  const field = schema.getQueryType()?.getFields()[lookup.field]
  const flaws = field
    ? flawsOf(field, typeName, lookup)
    : [`is no field of its Query, which has ${rootFieldsOf(schema)}`]
  if (flaws.length === 0) return
  yield finding({
    code: 'MERGE_LOOKUP_INVALID',
    coordinate: typeName,
    spots: [{ subschema, node: field?.astNode ?? undefined }],
    message: named => `The lookup ${lookup.field} for ${typeName} of ${named} ${flaws.join(', and it ')}.`,
    fix: `Write \`${lookup.field}(ids: [ID!]!): [${typeName}]\`: one record per key, null for one that is not there.`,
  })
}

function flawsOf(
  { type, args }: GraphQLField<unknown, unknown>,
  typeName: string,
  lookup: Lookup,
): readonly string[] {
  const argument = args.find(({ name }) => name === lookup.argument)
  const others = args.filter(other => other !== argument && isRequiredArgument(other))
  const list = getNullableType(type)
  const isList = isListType(list) && !isNonNullType(list.ofType) && !isListType(list.ofType)
  return [
    ...(argument
      ? isListType(getNullableType(argument.type))
        ? []
        : [`takes one ${String(argument.type)} rather than a list as ${lookup.argument}`]
      : [`has no argument ${lookup.argument === '' ? 'that takes the list of keys' : lookup.argument}`]),
    ...(others.length === 0 ? [] : [`requires ${others.map(({ name }) => name).join(', ')} besides`]),
    ...(isList && getNamedType(type).name === typeName
      ? []
      : [`answers ${String(type)} rather than a list of nullable ${typeName}`]),
  ]
}

const rootFieldsOf = (schema: GraphQLSchema): string =>
  Object.keys(schema.getQueryType()?.getFields() ?? {})
    .toSorted()
    .join(', ') || 'none'

function* keys(
  subschema: ExtensionSubschema,
  typeName: string,
  lookup: Lookup,
  draft: Draft,
): Generator<Finding> {
  // A type that nobody defines has been named by the rule about extending types.
  if (!draft.types.has(typeName)) return
  const stored = storedFieldsOf(typeName, draft)
  const unknown = [...lookup.key, ...[...lookup.requires.values()].flat()].filter(name => !stored.has(name))
  if (unknown.length === 0) return
  yield finding({
    code: 'MERGE_KEY_INVALID',
    coordinate: typeName,
    spots: [{ subschema }],
    message: named =>
      `${named} looks ${typeName} up by ${[...new Set(unknown)].join(', ')}, not stored with ${typeName}.`,
    fix: `Use some of: ${[...stored].toSorted().join(', ')}.`,
  })
}

/** Fields on types of others that nothing leads to. */
function* unreachable(subschema: ExtensionSubschema, remote: RemotePart): Generator<Finding> {
  for (const typeName of remote.foreign) {
    const node = subschema.extends.get(typeName)?.[0]
    if (node === undefined || remote.lookups.has(typeName)) continue
    yield finding({
      code: 'MERGE_MISSING',
      coordinate: typeName,
      spots: [{ subschema, node }],
      message: named => `${named} adds fields to ${typeName} without saying how its records are looked up.`,
      fix: `Add \`merge: { ${typeName}: { key: 'id', lookup: '…(ids:)' } }\`, or leave the type its id alone.`,
    })
  }
}
