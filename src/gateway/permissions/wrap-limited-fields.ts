import { type Context, TrellisError } from '@trellis/sdk'
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'

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
      const coordinate = `${type.name}.${field.name}`
      const assertMayAsk = ({ viewer: { role } }: Context): void => {
        if (role === 'ADMINISTRATOR' || roles.includes(role)) return
        throw new TrellisError(
          'FORBIDDEN',
          `${coordinate} is not for your role, ${role}: the extension ${String(owner)} does not permit it.`,
        )
      }
      const limited =
        (resolve: Resolve): Resolve =>
        (source, args, context, info) => {
          assertMayAsk(context)
          return resolve(source, args, context, info)
        }
      field.resolve = limited(field.resolve ?? defaultFieldResolver)
      if (field.subscribe) field.subscribe = limited(field.subscribe)
    }
  }
}
