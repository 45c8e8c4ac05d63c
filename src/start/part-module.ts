import type { Extension, Module, TypeDefs } from '@trellis/sdk'
import { type DocumentNode, Kind } from 'graphql'
import { recordsArgument, recordsField } from '../composition/index.ts'
import type { Entities } from '../entity/index.ts'

/**
 * What the schema of a part has besides: for each entity that the extension has fields on, a root field that takes records
 * as the gateway has read them, so that nothing is read twice.
 */
export function partModule({ fields = {} }: Extension, entities: () => Entities): Module {
  const types = Object.keys(fields)
  const resolvers = types.map(type => [
    recordsField(type),
    (_: unknown, args: Readonly<Record<string, readonly object[]>>) =>
      (args[recordsArgument] ?? []).map(record => revived(record, type, entities())),
  ])
  return {
    name: 'part',
    typeDefs: types.length === 0 ? nothing : rootFieldsOf(types),
    resolvers: { Query: Object.fromEntries(resolvers) },
  }
}

/** Of an extension without fields on entities. No text parses to it. */
const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

const rootFieldsOf = (types: readonly string[]): TypeDefs =>
  types
    .map(
      type => `extend type Query {
        "Records that the gateway has read."
        ${recordsField(type)}("Their stored fields." ${recordsArgument}: [JSON!]!): [${type}]!
      }`,
    )
    .join('\n')

/** The record as it was before it was JSON: instants are Dates. */
function revived(record: object, type: string, entities: Entities): Readonly<Record<string, unknown>> {
  const columns = entities.get(type)?.columns
  return Object.fromEntries(
    Object.entries(record).map(([name, value]: [string, unknown]) => [
      name,
      columns?.get(name)?.type === 'DateTime' && typeof value === 'string' ? new Date(value) : value,
    ]),
  )
}
