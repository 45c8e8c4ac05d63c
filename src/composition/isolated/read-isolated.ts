import { buildASTSchema, Kind } from 'graphql'
import type { Lookup } from '../../delegation/index.ts'
import { batchFieldsOf } from '../batch-fields.ts'
import { type Finding, finding } from '../finding.ts'
import { rootTypes } from '../names.ts'
import type { CoreSubschema, ExtensionSubschema } from '../subschema.ts'
import { ownSchema } from './own-schema.ts'
import { recordsArgument, recordsField } from './records-field.ts'

/** An extension in a process of its own, and what of it cannot be there. */
export interface ReadIsolated {
  readonly subschema: ExtensionSubschema
  readonly findings: readonly Finding[]
}

/**
 * Reads an extension as one that another process answers for. Its SDL and its resolvers stay what they are, and are checked
 * as those of any extension; what is added is how its fields are asked for.
 */
export function readIsolated(subschema: ExtensionSubschema, core: CoreSubschema): ReadIsolated {
  const lookups = lookupsOf(subschema)
  const looked = new Set([...lookups.keys()].filter(typeName => core.types.has(typeName)))
  const { document, foreign, unknown } = ownSchema(subschema, core, looked)
  const findings = [
    ...extendedTypes(subschema, core, unknown),
    ...[...unknown].map(name => usesUnknown(subschema, name)),
    ...partial(subschema),
  ]
  if (unknown.size > 0) return { subschema, findings }
  try {
    const schema = buildASTSchema(document, { assumeValidSDL: true })
    return { subschema: { ...subschema, remote: { document, schema, lookups, foreign } }, findings }
  } catch {
    // What is wrong with the SDL is found by the rules for every extension.
    return { subschema, findings }
  }
}

/** By type: the stored fields that its fields require are what stands for a record. */
function lookupsOf(subschema: ExtensionSubschema): ReadonlyMap<string, Lookup> {
  const byType = Map.groupBy(batchFieldsOf(subschema), ({ typeName }) => typeName)
  return new Map(
    [...byType]
      .filter(([typeName]) => !rootTypes.has(typeName))
      .map(([typeName, fields]) => [
        typeName,
        {
          field: recordsField(typeName),
          argument: recordsArgument,
          key: ['id'],
          shape: 'object',
          requires: new Map(fields.map(({ fieldName, field }) => [fieldName, field.requires])),
        },
      ]),
  )
}

/** Of the core, an extension adds fields to records only. */
function* extendedTypes(
  subschema: ExtensionSubschema,
  core: CoreSubschema,
  unknown: ReadonlySet<string>,
): Generator<Finding> {
  for (const [typeName, [node]] of subschema.extends) {
    if (rootTypes.has(typeName) || unknown.has(typeName) || subschema.types.has(typeName)) continue
    const original = core.types.get(typeName)
    const isRecord =
      original?.kind === Kind.OBJECT_TYPE_DEFINITION &&
      original.fields?.some(({ name }) => name.value === 'id') === true
    if (isRecord) continue
    yield finding({
      code: 'ISOLATION_UNSUPPORTED',
      coordinate: typeName,
      spots: [{ subschema, node }],
      message: named =>
        `${named} has a process of its own and extends ${typeName}, which is no record of the core with an id.`,
      fix: 'Move the fields to a record, or have the extension run in the gateway.',
    })
  }
}

const usesUnknown = (subschema: ExtensionSubschema, name: string): Finding =>
  finding({
    code: 'ISOLATION_UNSUPPORTED',
    coordinate: name,
    spots: [{ subschema }],
    message: named =>
      `${named} has a process of its own and uses the type ${name}, which is neither its own nor the core's.`,
    fix: "Use types of its own or the core's, or have the extension run in the gateway.",
  })

/** Hooks that write in a transaction of the gateway's, which no other process can take part in. */
function* partial(subschema: ExtensionSubschema): Generator<Finding> {
  const { extension } = subschema
  const { effects, merges, lifecycle, setup } = extension.original ?? extension
  const hooks = Object.entries({ effects, merges, lifecycle })
    .flatMap(([name, given]) => (given ? [name] : []))
    .join(' and ')
  if (hooks === '') return
  if (setup)
    yield finding({
      code: 'ISOLATION_UNSUPPORTED',
      spots: [{ subschema }],
      message: named =>
        `${named} has a process of its own, where it is set up, and ${hooks}, which write in the gateway's transaction without that.`,
      fix: 'Do it by events, or have the extension run in the gateway.',
    })
  else
    yield finding({
      code: 'ISOLATION_PARTIAL',
      severity: 'warning',
      spots: [{ subschema }],
      message: named =>
        `${named} has a process of its own; its ${hooks} run in the gateway, since they write in its transactions.`,
      fix: 'Nothing, if you trust them not to block or to exit. Otherwise do it by events.',
    })
}
