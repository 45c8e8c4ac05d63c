import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
} from 'graphql'
import { fieldArguments } from './field-arguments.ts'
import type { ValueOptions } from './input-value.ts'
import type { Writing } from './literal.ts'
import { absorb, enter, type Scope } from './scope.ts'

/** A named fragment and the names that it brings. */
export interface Fragment {
  readonly name: string
  readonly type: GraphQLCompositeType
  readonly text: string
  readonly scope: Scope
}

export interface Selecting extends ValueOptions, Writing {
  /** Those of the operation so far. */
  readonly fragments: Fragment[]
  /** Whether it is of the kind that applications send: lists, records and what belongs to them, each said once. */
  readonly plain: boolean
  /** How many more fields the operation may have. */
  readonly room: { fields: number }
}

/** A selection set on a type, braces included. Everything in it can be merged with what the scope has already. */
export function selectionSet(
  type: GraphQLCompositeType,
  scope: Scope,
  depth: number,
  selecting: Selecting,
): string {
  const { random, room, plain, world } = selecting
  const most = plain && type === world.schema.getQueryType() ? 2 : 4
  const count = room.fields > 0 ? random.pick([1, 2, 2, 3, 3, 4].filter(one => one <= most)) : 1
  const selections = Array.from({ length: count }, () => selection(type, scope, depth, selecting))
  const written = selections.filter(text => text !== '')
  return `{ ${written.length > 0 ? written.join(' ') : typename(scope)} }`
}

function selection(type: GraphQLCompositeType, scope: Scope, depth: number, selecting: Selecting): string {
  const { random, plain, world } = selecting
  // A query of an application asks for something at once.
  const way = plain && type === world.schema.getQueryType() ? 100 : random.integer(1, 100)
  if (way <= 6) return typename(scope)
  if (isUnionType(type) || way <= (isAbstractType(type) ? 60 : 14))
    return inlineFragment(type, scope, depth, selecting)
  if (way <= (isAbstractType(type) ? 70 : 22)) return spread(type, scope, depth, selecting)
  const fields = Object.values(type.getFields()).filter(
    ({ type: answered }) =>
      !isMeasured(getNamedType(answered)) && (depth > 0 || !opensRecords(getNamedType(answered))),
  )
  if (fields.length === 0) return typename(scope)
  const text = field(
    random.pickWeighted(fields, one => weightOf(one, selecting)),
    type,
    scope,
    depth,
    selecting,
  )
  // Said twice, so that the two have to be merged.
  return !plain && random.chance(0.08) ? `${text} ${text}` : text
}

const typename = (scope: Scope): string => (enter(scope, '__typename', '__typename') ? '__typename' : '')

/** Whether it says how calls fared: those of another gateway fared otherwise. */
const isMeasured = ({ name }: GraphQLNamedType): boolean => name === 'ExtensionFigures'

/** Whether a type leads to records and so one level deeper. */
const opensRecords = (type: GraphQLNamedType): boolean =>
  isCompositeType(type) &&
  (isAbstractType(type) || type.name.endsWith('Connection') || 'id' in type.getFields())

function weightOf({ type, name }: GraphQLField<unknown, unknown>, { plain, room }: Selecting): number {
  const named = getNamedType(type)
  if (plain && /^(?:aggregate|node|viewer|extensions|externalReferences|.*ByIds)$/.test(name)) return 0.02
  if (!isCompositeType(named)) return name === 'customFields' ? 3 : 1
  if (room.fields <= 0) return 0.01
  if (name === 'aggregate') return 10
  // What an extension adds to a type are few among its fields.
  return /^(?:nodes$|edges$|parity|loyalty|profile)/.test(name) ? 5 : 2
}

function field(
  { name, type, args }: GraphQLField<unknown, unknown>,
  parent: GraphQLCompositeType,
  scope: Scope,
  depth: number,
  selecting: Selecting,
): string {
  const { random, room } = selecting
  room.fields -= 1
  const definition = isUnionType(parent) ? undefined : parent.getFields()[name]
  const given = definition && args.length > 0 ? fieldArguments(definition, selecting) : ''
  const signature = `${name}${given}: ${String(type)}`
  const preferred = random.chance(0.15) ? aliasOf(selecting) : name
  const below = enter(scope, preferred, signature)
  const responseName = below ? preferred : `other${room.fields + 1000}`
  const place = below ?? enter(scope, responseName, signature)
  if (!place) return ''
  const named = getNamedType(type)
  const inner = isCompositeType(named)
    ? ` ${selectionSet(named, place, depth - Number(opensRecords(named)), selecting)}`
    : ''
  const alias = responseName === name ? '' : `${responseName}: `
  return `${alias}${name}${given}${condition(selecting)}${inner}`
}

/** Longer than a name of PostgreSQL, which would cut it off where the two are still the same. */
const longAlias = 'long'.repeat(16)

/** Names that mean something else to JavaScript, to SQL or in the schema. */
const hardAliases = [
  ...[
    'b_c',
    'item',
    'r0',
    't0',
    'nodes_id',
    'id',
    'name',
    'nodes',
    'ownerId',
    'customerId',
    'deletedAt',

    'r0',
    '__parent',
  ],
  ...['__proto__', 'constructor', 'toString', 'then', '_0', `${longAlias}1`, `${longAlias}2`],
]

const aliasOf = ({ random, room, plain }: Selecting): string =>
  random.chance(plain ? 0.3 : 0.5)
    ? random.pick(hardAliases)
    : `${random.pick(['x', 'Y'])}${room.fields + 1000}`

function condition({ random, plain, variables }: Selecting): string {
  if (!random.chance(plain ? 0.005 : 0.12)) return ''
  const [one, other] = random.chance(0.5) ? ['skip', 'include'] : ['include', 'skip']
  const first = ` @${one}(if: ${variables.condition()})`
  return random.chance(0.1) ? `${first} @${other}(if: ${variables.condition()})` : first
}

/** Within an interface, a record with many fields is asked for more often than another interface. */
const conditionType = (
  type: GraphQLCompositeType,
  { random, plain, world }: Selecting,
): GraphQLCompositeType =>
  plain && !isAbstractType(type)
    ? type
    : random.pickWeighted(world.overlapping.get(type.name) ?? [type], other =>
        other === type ? 2 : /^(?:Customer|Opportunity|OwnedEntity)$/.test(other.name) ? 3 : 1,
      )

function inlineFragment(
  type: GraphQLCompositeType,
  scope: Scope,
  depth: number,
  selecting: Selecting,
): string {
  const { random } = selecting
  const on = conditionType(type, selecting)
  const written = on === type && random.chance(0.4) ? '' : ` on ${on.name}`
  return `...${written}${condition(selecting)} ${selectionSet(on, scope, depth, selecting)}`
}

/** A fragment that is there already, or a new one, where its names go with those that are here. */
function spread(type: GraphQLCompositeType, scope: Scope, depth: number, selecting: Selecting): string {
  const { random, fragments, world } = selecting
  const known = fragments.filter(fragment => world.overlapping.get(type.name)?.includes(fragment.type))
  const fragment =
    known.length > 0 && random.chance(0.6) ? random.pick(known) : newFragment(type, depth, selecting)
  if (!absorb(scope, fragment.scope)) return ''
  if (!fragments.includes(fragment)) fragments.push(fragment)
  return `...${fragment.name}${condition(selecting)}`
}

function newFragment(type: GraphQLCompositeType, depth: number, selecting: Selecting): Fragment {
  const on = conditionType(type, selecting)
  const scope: Scope = new Map()
  const text = selectionSet(on, scope, depth - 1, selecting)
  const name = `part${selecting.fragments.length + 1}`
  return { name, type: on, scope, text: `fragment ${name} on ${on.name} ${text}` }
}
