import { loadSchema } from '@trellis/sdk'
import {
  GraphQLError,
  type GraphQLScalarType,
  Kind,
  parse,
  print,
  GraphQLScalarType as Scalar,
} from 'graphql'
import { GraphQLDateTimeISO, GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars'

/** Digits before and after the point of a stored decimal: numeric(18,4). */
const decimalPattern = /^-?\d{1,14}(\.\d{1,4})?$/

/** `01054.5000` -> `1054.5`: one spelling for one number. */
export const canonicalDecimal = (text: string): string => {
  const whole = text.replace(/^(-?)0+(?=\d)/, '$1')
  const short = whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole
  return short === '-0' ? '0' : short
}

/** A binary fraction keeps so many digits of any decimal (IEEE 754, DBL_DIG); beyond, another number may have arrived. */
const mostDigitsOfNumber = 15

const digitsOf = (text: string): number => text.replace(/\D/g, '').replace(/^0+/, '').length

function parseDecimal(value: unknown): string {
  if (typeof value === 'number' && digitsOf(String(value)) > mostDigitsOfNumber)
    throw new GraphQLError(
      `${value} has more than ${mostDigitsOfNumber} digits, which a number does not keep; send it as text, as in "1054.5".`,
    )
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && decimalPattern.test(text)) return canonicalDecimal(text)
  throw new GraphQLError(
    `${JSON.stringify(value)} is not a Decimal: up to 14 digits before and 4 after the point are allowed, as in "1054.5".`,
  )
}

type ScalarFunctions = Pick<GraphQLScalarType, 'parseLiteral' | 'parseValue' | 'serialize'>

const decimal: ScalarFunctions = {
  parseValue: parseDecimal,
  // By its digits in the document, before they pass through a binary fraction.
  parseLiteral: node => {
    const isNumber = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
    return parseDecimal(isNumber ? node.value : print(node))
  },
  serialize: value => canonicalDecimal(String(value)),
}

interface Expectation {
  readonly name: string
  /** What it takes, with an example. */
  readonly takes: string
  /** A further look at what was read. */
  readonly refuse: (value: unknown) => void
}

/** A library's scalar under our name: what it refuses, it refuses in our words, and we look further. */
const holding = (
  { parseLiteral, parseValue, serialize }: ScalarFunctions,
  { name, takes, refuse }: Expectation,
): ScalarFunctions => {
  const held = (read: () => unknown, shown: string): unknown => {
    let value: unknown
    try {
      value = read()
    } catch {
      throw new GraphQLError(`${shown} is not a ${name}: it takes ${takes}.`)
    }
    refuse(value)
    return value
  }
  return {
    parseLiteral: (node, variables) => held(() => parseLiteral(node, variables), print(node)),
    parseValue: value => held(() => parseValue(value), JSON.stringify(value)),
    serialize,
  }
}

/** By the instant in UTC: an offset may lead to another year than the one that is written. */
function refuseOtherYears(value: unknown): void {
  const text = value instanceof Date ? value.toISOString() : String(value)
  if (!/^(?!0000)\d{4}-/.test(text))
    throw new GraphQLError(`${text} is outside of the years 1 to 9999, which are all that there are.`)
}

/** The values of an object are looked at where all texts are; its keys are nobody else's to look at. */
function refuseUnsoundKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0') || !key.isWellFormed())
      throw new GraphQLError(
        `The key ${JSON.stringify(key)} has a character that text cannot hold. Leave it out.`,
      )
    refuseUnsoundKeys(inner)
  }
}

/** What base.graphql says of its scalars. A scalar put into a schema brings its description, or the lack of one, along. */
const descriptions: ReadonlyMap<string, string | undefined> = new Map(
  parse(loadSchema(import.meta.url, 'base.graphql').text).definitions.flatMap(node =>
    node.kind === Kind.SCALAR_TYPE_DEFINITION ? [[node.name.value, node.description?.value] as const] : [],
  ),
)

const scalar = (name: string, { parseLiteral, parseValue, serialize }: ScalarFunctions): GraphQLScalarType =>
  new Scalar({ name, description: descriptions.get(name) ?? null, parseLiteral, parseValue, serialize })

/** The scalars of base.graphql: instants are Dates, dates without time and decimals are texts. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  DateTime: scalar(
    'DateTime',
    holding(GraphQLDateTimeISO, {
      name: 'DateTime',
      takes: 'an instant with its offset, such as "2026-03-01T09:30:00Z"',
      refuse: refuseOtherYears,
    }),
  ),
  Date: scalar(
    'Date',
    holding(GraphQLLocalDate, {
      name: 'Date',
      takes: 'a calendar date, such as "2026-03-01"',
      refuse: refuseOtherYears,
    }),
  ),
  Decimal: scalar('Decimal', decimal),
  JSON: scalar(
    'JSON',
    holding(GraphQLJSONObject, { name: 'JSON', takes: 'a JSON object', refuse: refuseUnsoundKeys }),
  ),
}
