import {
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql'
import type { ValueOptions } from './input-value.ts'

/** One of them is none. */
export const timeZones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Europe/Nowhere']

const measures = {
  SUM: 'sum',
  AVG: 'avg',
  MIN: 'min',
  MAX: 'max',
  COUNT_DISTINCT: 'countDistinct',
} as const

/** `closedAt` -> `CLOSED_AT` */
const enumValueOf = (field: string): string => field.replaceAll(/[A-Z]/g, '_$&').toUpperCase()

/** The names of a type's fields with the names of their types. */
function fieldsOf(schema: GraphQLSchema, typeName: string): ReadonlyMap<string, string> {
  const type = schema.getType(typeName)
  const fields = isObjectType(type) ? Object.values(type.getFields()) : []
  return new Map(fields.map(field => [field.name, getNamedType(field.type).name]))
}

/** What groups are ordered by: mostly a figure that the answer has as well. */
export function aggregateOrder(
  { name }: GraphQLInputObjectType,
  { random, world: { schema } }: ValueOptions,
): unknown {
  const answered = fieldsOf(schema, name.replace(/Order$/, ''))
  const figures = Object.entries(measures).filter(([, measure]) => answered.has(measure))
  const direction = random.pick(['ASC', 'DESC'])
  if (figures.length === 0 || random.chance(0.3)) return { by: random.pick(['COUNT', 'GROUP']), direction }
  const [by, measure] = random.pick(figures)
  const fields = [...fieldsOf(schema, answered.get(measure) ?? '').keys()].filter(field => field !== 'id')
  return { by, field: enumValueOf(random.pick(fields)) }
}

/** References from one record to the next, at most, as the API has it. */
const furthest = 3

/** What is grouped by: a field of the records or of one that they lead to; now and then too far away, or several at once. */
export function groupBy(type: GraphQLInputObjectType, options: ValueOptions, distance = 0): unknown {
  const { random, world } = options
  const answer = fieldsOf(world.schema, type.name.replace(/By$/, ''))
  const references = Object.values(type.getFields()).flatMap(field =>
    isInputObjectType(field.type) ? [{ name: field.name, type: field.type }] : [],
  )
  const isFar = distance === furthest && !random.chance(0.02)
  if (references.length > 0 && !isFar && random.chance(distance === 0 ? 0.3 : 0.4)) {
    const { name, type: next } = random.pick(references)
    const both = random.chance(0.02) ? { field: 'CREATED_AT' } : {}
    return { [name]: groupBy(next, options, distance + 1), ...both }
  }
  const own = [...answer].filter(([name]) => !name.endsWith('Group'))
  const [name, answered] = random.pick(own)
  const field = { field: enumValueOf(name) }
  if (!random.chance(answered === 'Date' ? 0.6 : 0.03)) return field
  return random.chance(0.7)
    ? { ...field, bucket: random.pick(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']) }
    : { ...field, timeZone: random.pick(timeZones) }
}
