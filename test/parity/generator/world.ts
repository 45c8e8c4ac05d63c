import { fieldsAt } from '@trellis/testing'
import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
} from 'graphql'
import type { Gateways } from '../gateways.ts'

/** Cursors of a type's records in one order. */
export interface KnownOrder {
  /** A literal, or empty for the list's own order. */
  readonly orderBy: string
  readonly cursors: readonly string[]
}

/** What generated operations may name: the schema, and what is in the database. */
export interface World {
  readonly schema: GraphQLSchema
  /** Of each type, deleted records included, in the order in which they were made. */
  readonly ids: ReadonlyMap<string, readonly string[]>
  /** Of each type; a cursor is good for every list of it in the same order. */
  readonly orders: ReadonlyMap<string, readonly KnownOrder[]>
  /** Texts that records have. */
  readonly texts: readonly string[]
  /** Of each type, those that a fragment within it may be on. */
  readonly overlapping: ReadonlyMap<string, readonly GraphQLCompositeType[]>
}

const orderings = ['', '[{ field: ID }]', '[{ field: UPDATED_AT, direction: DESC, nulls: FIRST }]']

/** Reads what operations on this schema may name. */
export async function readWorld(
  { reference, fast }: Gateways,
  schema: GraphQLSchema,
  texts: readonly string[],
): Promise<World> {
  const ids = new Map<string, readonly string[]>()
  const orders = new Map<string, readonly KnownOrder[]>()
  for (const { name, type, args } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const entity = /^(?<entity>.+)Connection$/.exec(getNamedType(type).name)?.groups?.['entity']
    if (entity === undefined || !args.some(argument => argument.name === 'orderBy')) continue
    const known: KnownOrder[] = []
    for (const orderBy of orderings) {
      const order = orderBy && `, orderBy: ${orderBy}`
      const query = `{ list: ${name}(first: 100, deleted: INCLUDE${order}) { edges { cursor node { id } } } }`
      const pages = [await reference.data(query), await fast.data(query), await fast.data(query)]
      // Each has to take what the other wrote.
      known.push({
        orderBy,
        cursors: pages.flatMap(page => fieldsAt(page, 'list.edges', 'cursor').map(String)),
      })
      if (orderBy === '')
        ids.set(entity, fieldsAt(pages[0], 'list.edges', 'node.id').map(String).toReversed())
    }
    orders.set(entity, known)
  }
  return { schema, ids, orders, texts, overlapping: overlappingTypes(schema) }
}

/** Of each composite type, those that have objects in common with it. */
export function overlappingTypes(schema: GraphQLSchema): World['overlapping'] {
  const types = Object.values(schema.getTypeMap()).filter(isCompositeType)
  return new Map(types.map(type => [type.name, types.filter(other => doTypesOverlap(schema, type, other))]))
}
