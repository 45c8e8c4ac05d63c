import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

export interface ReportChoice {
  readonly name: string
  readonly description: string
}

export interface ReportDescription extends ReportChoice {
  readonly dimensions: readonly ReportChoice[]
  readonly measures: readonly ReportChoice[]
}

const choicesOf = (type: GraphQLEnumType): readonly ReportChoice[] =>
  type.getValues().map(({ name, description }) => ({ name, description: description ?? '' }))

function enumOfArgument(
  field: GraphQLField<unknown, unknown> | undefined,
  name: string,
): readonly ReportChoice[] {
  const argument = field?.args.find(candidate => candidate.name === name)
  const type = argument && getNamedType(argument.type)
  return isEnumType(type) ? choicesOf(type) : []
}

/** The reports of a schema, those of extensions included: fields of `Query` whose type is a `Report`, as the SDL describes them. */
export function describeReports(schema: GraphQLSchema): readonly ReportDescription[] {
  const report = schema.getType('Report')
  if (!isInterfaceType(report)) return []
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(field => {
    const type = getNamedType(field.type)
    if (!isObjectType(type) || !schema.isSubType(report, type)) return []
    return [
      {
        name: field.name,
        description: field.description ?? '',
        dimensions: enumOfArgument(field, 'by'),
        measures: enumOfArgument(type.getFields()['chart'], 'measure'),
      },
    ]
  })
}
