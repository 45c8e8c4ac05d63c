import { isObjectType } from 'graphql'
import { createRandom, type Random } from '../../../prisma/seed/random.ts'
import { type Fragment, type Selecting, selectionSet } from './selection.ts'
import { createVariables } from './variables.ts'
import type { World } from './world.ts'

/** An operation as a client sends it. */
export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** A valid query on the world's schema that follows from its seed: the same seed, the same operation. */
export function generateQuery(world: World, seed: string): Operation {
  const random = createRandom(seed)
  const selecting = createSelecting(world, random)
  const root = world.schema.getQueryType()
  if (!root) throw new Error('The schema has no queries.')
  return operationOf('query', selectionSet(root, new Map(), random.integer(1, 4), selecting), selecting)
}

interface ChangeOptions {
  readonly mutation: string
  readonly entity: string
  /** Fields as the input has them. */
  readonly values: string
  /** Whether they are one item of many. */
  readonly isBulk?: boolean
}

/** Changes that need nothing but a record, and can be made again and again. */
const changes: readonly ChangeOptions[] = [
  { mutation: 'customerUpdate', entity: 'Customer', values: 'name: "Renamed", annualRevenue: 12.50' },
  { mutation: 'contactUpdate', entity: 'Contact', values: 'lastName: "Renamed", customerId: null' },
  {
    mutation: 'opportunityUpdate',
    entity: 'Opportunity',
    values: 'amount: "7.10", expectedCloseDate: "2026-05-01"',
  },
  { mutation: 'userUpdate', entity: 'User', values: 'title: ""' },
  { mutation: 'customerBulkUpdate', entity: 'Customer', values: 'name: "Renamed"', isBulk: true },
  { mutation: 'contactBulkDelete', entity: 'Contact', values: '', isBulk: true },
]

/** A mutation that is taken back, of one or two changes, which asks for much of what it has changed. */
export function generateMutation(world: World, seed: string): Operation {
  const random = createRandom(seed)
  const selecting = createSelecting(world, random)
  const fields = ['one', 'two'].slice(0, random.integer(1, 2)).map(alias => {
    const { mutation, entity, values, isBulk = false } = random.pick(changes)
    const payload = world.schema.getType(`${entity}${isBulk ? 'Bulk' : ''}Payload`)
    if (!isObjectType(payload)) throw new Error(`The schema has no payload of ${entity}.`)
    const selection = selectionSet(payload, new Map(), random.integer(1, 3), selecting)
    const change = `{ id: "${random.pick(world.ids.get(entity) ?? [])}", ${values} }`
    const input = isBulk ? `{ items: [${change}] }` : change
    return `${alias}: ${mutation}(input: ${input}) ${selection}`
  })
  return operationOf('mutation', `@dryRun { ${fields.join(' ')} }`, selecting)
}

function createSelecting(world: World, random: Random): Selecting {
  return {
    random,
    world,
    variables: createVariables(random),
    variableShare: random.pick([0, 0.05, 0.3]),
    textsAsVariables: random.chance(0.6),
    fragments: [],
    plain: random.chance(0.6),
    room: { fields: random.integer(3, 16) },
  }
}

function operationOf(kind: string, selection: string, { variables, fragments }: Selecting): Operation {
  const body = withFragments(selection, fragments)
  const { declared, given } = variables.of(body)
  return { query: `${kind}${declared} ${body}`, variables: given }
}

/** The selection with the fragments that it leads to: some were made and came to stand nowhere. */
function withFragments(selection: string, fragments: readonly Fragment[]): string {
  const found = new Set([selection])
  for (const text of found)
    for (const { name, text: fragment } of fragments)
      if (new RegExp(`\\.\\.\\.${name}\\b`).test(text)) found.add(fragment)
  return [...found].join('\n')
}
