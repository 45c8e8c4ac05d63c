import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import type { Random } from '../../../prisma/seed/random.ts'
import type { Variables } from './variables.ts'

/** How the values of one operation are written. */
export interface Writing {
  readonly random: Random
  readonly variables: Variables
  /** How often a value is a variable rather than a literal, 0 to 1. */
  readonly variableShare: number
  /** Whether texts are always variables, as clients that escape nothing have them. */
  readonly textsAsVariables: boolean
}

type Values = Readonly<Record<string, unknown>>

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value of this type in GraphQL. */
export function literal(type: GraphQLInputType, value: unknown): string {
  return written(type, value, inner => literal(inner.type, inner.value))
}

/** A value of this type in GraphQL, with variables in the place of some of its parts. */
export function write(
  { random, variables, variableShare, textsAsVariables }: Writing,
  type: GraphQLInputType,
  value: unknown,
  isOptional = false,
): string {
  const inner = (part: Part) =>
    write({ random, variables, variableShare, textsAsVariables }, part.type, part.value, part.isOptional)
  const isText = textsAsVariables && typeof value === 'string' && !isEnumType(getNullableType(type))
  if (!isText && !random.chance(variableShare)) return written(type, value, inner)
  return variables.put({ type: String(type), value, literal: literal(type, value), isOptional })
}

interface Part {
  readonly type: GraphQLInputType
  readonly value: unknown
  readonly isOptional: boolean
}

function written(type: GraphQLInputType, value: unknown, inner: (part: Part) => string): string {
  if (isNonNullType(type)) return written(type.ofType, value, inner)
  if (value === null) return 'null'
  if (isListType(type)) {
    if (!Array.isArray(value)) return written(type.ofType, value, inner)
    return `[${value.map((item: unknown) => inner({ type: type.ofType, value: item, isOptional: false })).join(', ')}]`
  }
  if (isEnumType(type) && typeof value === 'string') return value
  if (isInputObjectType(type) && isValues(value)) {
    const fields = type.getFields()
    const parts = Object.entries(value).map(([name, given]) => {
      const field = fields[name]
      if (!field) throw new Error(`${type.name} has no field ${name}.`)
      return `${name}: ${inner({ type: field.type, value: given, isOptional: field.defaultValue !== undefined })}`
    })
    return `{ ${parts.join(', ')} }`
  }
  return json(value)
}

/** A value of a scalar: names of an object's fields cannot be quoted, so that one with others is a text. */
function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`
  if (!isValues(value)) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
  return `{ ${entries.map(([name, inner]) => `${name}: ${json(inner)}`).join(', ')} }`
}
