import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import type { Random } from '../../../prisma/seed/random.ts'
import { aggregateOrder, groupBy, timeZones } from './aggregate-input.ts'
import type { World } from './world.ts'

export interface ValueOptions {
  readonly random: Random
  readonly world: World
}

/** Where a value stands: what its name and its surroundings say about what is meant. */
interface Place {
  readonly name: string
  /** Whose records an id is likely to be of. */
  readonly entity: string | null
  /** How much may be within each other. */
  readonly depth: number
}

/** A value as JSON for an argument or an input field: mostly one that means something there. */
export function inputValue(
  { name, type }: Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type'>,
  entity: string | null,
  options: ValueOptions,
): unknown {
  return valueOf(type, { name, entity, depth: 3 }, options)
}

function valueOf(type: GraphQLInputType, place: Place, options: ValueOptions): unknown {
  const { random } = options
  if (isNonNullType(type)) return valueOf(type.ofType, place, options)
  if (isListType(type)) {
    const length = place.name === 'ids' ? random.integer(0, 4) : random.pick([1, 1, 2, 3])
    const items = Array.from({ length }, () => valueOf(type.ofType, place, options))
    // A list of one may be written without its brackets.
    return items.length === 1 && random.chance(0.1) ? items[0] : items
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name
  if (isInputObjectType(type)) return objectOf(type, place, options)
  return (scalars[type.name] ?? scalars['String'])?.(options, place)
}

/** What is required and a little of the rest. A filter says something. */
function objectOf(type: GraphQLInputObjectType, place: Place, options: ValueOptions): unknown {
  const { random, world } = options
  const fields = Object.values(type.getFields())
  if (type.name.endsWith('AggregateOrder') && random.chance(0.9)) return aggregateOrder(type, options)
  if (type.name.endsWith('GroupBy') && random.chance(0.95)) return groupBy(type, options)
  const required = fields.filter(field => isNonNullType(field.type) && field.defaultValue === undefined)
  const possible = fields.filter(field => !required.includes(field) && isPossible(field, place))
  const count = random.pick([0, 1, 1, 1, 1, 2])
  const chosen = new Set(required)
  for (let index = 0; index < count + Number(type.name.endsWith('Filter')) && possible.length > 0; index += 1)
    chosen.add(random.pick(possible))
  return Object.fromEntries(
    [...chosen].map(field => {
      const found = entityOfInput(type, field)
      const entity = found !== null && world.ids.has(found) ? found : place.entity
      return [field.name, valueOf(field.type, { name: field.name, entity, depth: place.depth - 1 }, options)]
    }),
  )
}

/** Input types that hold others of their kind: where there is no more room, they are left out. */
function isPossible({ type }: GraphQLInputField, { depth }: Place): boolean {
  const named = getNamedType(type)
  const fields = isInputObjectType(named) ? named.getFields() : {}
  return depth > 1 || !['and', 'some', 'more', 'bucket'].some(name => Object.hasOwn(fields, name))
}

/** `customerId` of a filter, `customer` of it, and all of a `CustomerFilter` are about customers. */
function entityOfInput(type: GraphQLInputObjectType, { name }: GraphQLInputField): string | null {
  const reference = name.endsWith('Id') ? type.getFields()[name.slice(0, -2)]?.type : undefined
  const text = reference ? String(reference) : type.name
  return /^(?<entity>[A-Z]\w*?)(?:List)?Filter$/.exec(text)?.groups?.['entity'] ?? null
}

type Make = (options: ValueOptions, place: Place) => unknown

const decimals = ['0', '1054.5', '1054.5000', '99999999999999.9999', '0.0001', '-1', 7.1, 48_000]
const dates = ['2026-01-28', '2026-03-01', '1950-02-28', '0001-01-01', '9999-12-31']
const instants = [
  '2026-03-01T12:10:00Z',
  '2026-03-01T20:40:00.000+08:00',
  '2026-02-11T01:30:00.123Z',
  '1999-12-31T23:59:59Z',
]
const nobody = [
  'cus_01h2xcejqtf2nbrexx3vqjhp41',
  'opp_01h2xcejqtf2nbrexx3vqjhp41',
  'xyz_01h2xcejqtf2nbrexx3vqjhp41',
  'no id',
  '',
]

const texts: Make = ({ random, world }, { name }) => {
  const text = random.pick(world.texts)
  if (name === 'search') return random.pick(text.split(/\s+/)).slice(0, 12)
  if (name === 'timeZone') return random.pick(timeZones)
  if (/contains|With$/.test(name)) return text.slice(0, random.integer(1, 5))
  return text
}

const scalars: Readonly<Record<string, Make>> = {
  ID({ random, world }, { entity }) {
    const known = world.ids.get(entity ?? '') ?? [...world.ids.values()].flat()
    return random.chance(0.1) || known.length === 0 ? random.pick(nobody) : random.pick(known)
  },
  Int: ({ random }, { name }) =>
    name === 'first' || name === 'last'
      ? random.integer(1, 4)
      : random.pick([0, 1, 1, 2, 3, 10, 1909, 2_147_483_647]),
  Float: ({ random }) => random.pick([0, 0.5, 0.76, 1, 1.5]),
  Boolean: ({ random }) => random.chance(0.5),
  Decimal: ({ random }) => random.pick(decimals),
  Date: ({ random }) => random.pick(dates),
  DateTime: ({ random }) => random.pick(instants),
  JSON: ({ random }) => random.pick([{}, { deep: [{ a: null }, 0.1, '\u2028'] }, { 'a-b': true }]),
  String: texts,
}
