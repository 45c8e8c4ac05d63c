import type { Context } from '@trellis/sdk'
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import { assertPermitted } from './assert-permitted.ts'

type Resolve = GraphQLFieldResolver<unknown, Context>

/**
 * Keeps viewers from fields of extensions that their role is not given (`extensions.roles` of a field says which are).
 * In place, before anything asks the schema, as wrapMutations does: refused mutations begin no transaction.
 */
export function wrapLimitedFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const { owner, roles } = field.extensions
      if (!Array.isArray(roles)) continue
      const entrance = { name: `${type.name}.${field.name}`, owner: String(owner), roles }
      const limited =
        (resolve: Resolve): Resolve =>
        (source, args, context, info) => {
          assertPermitted(context.viewer, entrance)
          return resolve(source, args, context, info)
        }
      field.resolve = limited(field.resolve ?? defaultFieldResolver)
      if (field.subscribe) field.subscribe = limited(field.subscribe)
    }
  }
}
