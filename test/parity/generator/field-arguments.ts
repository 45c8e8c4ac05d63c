import { type GraphQLArgument, type GraphQLField, getNamedType, isNonNullType } from 'graphql'
import { inputValue, type ValueOptions } from './input-value.ts'
import { type Writing, write } from './literal.ts'
import type { KnownOrder } from './world.ts'

type Arguments = Readonly<Record<string, string>>

/** How often an argument is given that need not be, 0 to 1. */
const shares: Readonly<Record<string, number>> = {
  first: 0.5,
  after: 0,
  last: 0,
  before: 0,
  filter: 0.3,
  orderBy: 0.3,
  search: 0.1,
  deleted: 0.2,
  groupBy: 0.8,
  having: 0.3,
}

/** The arguments of one selection of a field: `(first: 2, deleted: INCLUDE)`, or nothing. */
export function fieldArguments(
  field: GraphQLField<unknown, unknown>,
  options: ValueOptions & Writing,
): string {
  const { random, world } = options
  const entity = /^(?<entity>.+?)(?:Connection|Aggregate)?$/.exec(getNamedType(field.type).name)?.groups?.[
    'entity'
  ]
  const place = entity !== undefined && world.ids.has(entity) ? entity : null
  const special = place === null ? undefined : pageArguments(field, world.orders.get(place) ?? [], options)
  const written = field.args.flatMap(argument => {
    const { name, type, defaultValue } = argument
    const given = special?.[name]
    if (given !== undefined) return given === '' ? [] : [`${name}: ${given}`]
    const isRequired = isNonNullType(type) && defaultValue === undefined
    if (!isRequired && !random.chance(shares[name] ?? 0.4)) return []
    const value = inputValue(argument, place, options)
    return [`${name}: ${write(options, type, value, defaultValue !== undefined)}`]
  })
  return written.length === 0 ? '' : `(${written.join(', ')})`
}

/** Of an operator with too many values, levels and conditions within each other, and words to search for. */
const tooMany = {
  values: `{ id: { in: [${'"a" '.repeat(1001)}] } }`,
  levels: `${'{ createdBy: '.repeat(11)}{}${' }'.repeat(11)}`,
  conditions: `{ and: [${'{}'.repeat(201)}] }`,
}

/** Arguments that are valid and refused when they are read. */
const refused: readonly Arguments[] = [
  { first: '0' },
  { first: '101' },
  { first: '2', last: '2' },
  { first: '', last: '-1' },
  { filter: tooMany.levels },
  { filter: tooMany.conditions },
  { filter: tooMany.values },
  { orderBy: '[{ field: ID }, { field: ID }]' },
]

/** For some lists, a page from a place in them, or one that is refused; otherwise nothing in particular. */
function pageArguments(
  { args }: GraphQLField<unknown, unknown>,
  orders: readonly KnownOrder[],
  options: ValueOptions & Writing,
): Arguments | undefined {
  const { random } = options
  const argument = (name: string): GraphQLArgument | undefined => args.find(one => one.name === name)
  const after = argument('after')
  if (!after) return undefined
  const cursor = (value: string) => write(options, after.type, value)
  const way = random.integer(1, 100)
  if (way > 35) return undefined
  if (way <= 6)
    return random.pick([...refused, { after: cursor('no cursor') }, { after: cursor('W10.AAAAAAAAAAAA') }])
  const { orderBy, cursors } = random.pick(orders)
  if (cursors.length === 0) return { orderBy }
  const place = cursor(random.pick(cursors))
  // A list without the argument `orderBy` has one order, and takes its cursors only.
  const order = argument('orderBy') ? { orderBy } : {}
  if (way <= 9) return { after: place }
  if (way <= 20 || !argument('last')) return { ...order, first: '2', after: place }
  if (way <= 30) return { ...order, first: '', last: '2', before: place }
  return { ...order, after: place, before: cursor(random.pick(cursors)) }
}
