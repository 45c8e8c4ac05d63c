import { GraphQLError, type GraphQLScalarType, GraphQLScalarType as Scalar, Kind, print } from 'graphql'
import { GraphQLDateTimeISO, GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars'

/** Digits before and after the point of a stored decimal: numeric(18,4). */
const decimalPattern = /^-?\d{1,14}(\.\d{1,4})?$/

/** `1054.5000` -> `1054.5`: one spelling for one number. */
const canonical = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

function parseDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && decimalPattern.test(text)) return canonical(text)
  throw new GraphQLError(
    `${JSON.stringify(value)} is not a Decimal: up to 14 digits before and 4 after the point are allowed, as in "1054.5".`,
  )
}

const decimal = new Scalar<string, string>({
  name: 'Decimal',
  parseValue: parseDecimal,
  // By its digits in the document, before they pass through a binary fraction.
  parseLiteral: node => {
    const isNumber = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
    return parseDecimal(isNumber ? node.value : print(node))
  },
  serialize: value => canonical(String(value)),
})

/** The scalars of base.graphql: instants are Dates, dates without time and decimals are texts. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  DateTime: new Scalar({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime', specifiedByURL: null, description: null }),
  Date: new Scalar({ ...GraphQLLocalDate.toConfig(), name: 'Date', specifiedByURL: null, description: null }),
  Decimal: decimal,
  JSON: new Scalar({ ...GraphQLJSONObject.toConfig(), name: 'JSON', specifiedByURL: null, description: null }),
}
