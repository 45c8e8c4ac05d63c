import {
  type GraphQLArgument,
  GraphQLError,
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  print,
  valueFromAST,
} from 'graphql'

/** Defaults that their type does not take. graphql-js drops them in silence. */
export function invalidDefaults(schema: GraphQLSchema): readonly GraphQLError[] {
  const errors: GraphQLError[] = []
  const check = ({ astNode, type }: GraphQLArgument | GraphQLInputField): void => {
    const value = astNode?.defaultValue
    if (value === undefined || valueFromAST(value, type) !== undefined) return
    const message = `The default ${print(value)} of ${astNode?.name.value} is not of type ${type.toString()}.`
    errors.push(new GraphQLError(message, { nodes: astNode ?? null }))
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(check)
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) field.args.forEach(check)
  }
  for (const directive of schema.getDirectives()) directive.args.forEach(check)
  return errors
}
