import type { Extension, Module } from '@trellis/sdk'
import { recordsArgument, recordsField } from '../composition/index.ts'
import type { Entities } from '../entity/index.ts'

/**
 * What the schema of a part has besides: for each entity that the extension has fields on, a root field that takes records
 * as the gateway has read them, so that nothing is read twice.
 */
export function partModule({ fields = {} }: Extension, entities: () => Entities): Module {
  const types = Object.keys(fields)
  const typeDefs = types
    .map(
      type => `extend type Query {
        "Records that the gateway has read."
        ${recordsField(type)}("Their stored fields." ${recordsArgument}: [JSON!]!): [${type}]!
      }`,
    )
    .join('\n')
  const resolvers = types.map(type => [
    recordsField(type),
    (_: unknown, args: Readonly<Record<string, readonly object[]>>) =>
      (args[recordsArgument] ?? []).map(record => revived(record, type, entities())),
  ])
  return { name: 'part', typeDefs, resolvers: { Query: Object.fromEntries(resolvers) } }
}

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
