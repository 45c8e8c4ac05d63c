import { type MergeInput, type UserError, UserErrors } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { stableJson } from '../../lib/stable-json.ts'
import type { Column, EntityDefinition } from '../definition.ts'
import { mergeColumns, mergeFieldOf } from '../expand/merges.ts'
import type { Row } from '../page.ts'
import type { Writing } from '../write/writing.ts'
import { type Origins, settleCurrencies } from './currencies.ts'
import type { Held } from './hold.ts'
import { placesIn } from './place.ts'
import { upwardColumns } from './pointers.ts'

/** Fields that are taken from a record by name, and where in `take` they are named. */
type Taken = ReadonlyMap<string, { readonly index: number; readonly from: Row }>

const isBlank = (value: unknown): boolean => value == null || value === ''

/** What is off unless somebody says so, such as that a person asked not to be called. */
const isFlag = ({ type, defaultLiteral }: Column): boolean => type === 'Boolean' && defaultLiteral === 'false'

function takenOf(entity: EntityDefinition, { take }: MergeInput, { winner, merged }: Held): Taken {
  const rows = new Map([winner, ...merged].map(row => [row['id'], row]))
  const taken = new Map<string, { index: number; from: Row }>()
  const problems: UserError[] = []
  for (const [index, { field, from }] of (take ?? []).entries()) {
    const path = ['input', 'take', String(index)]
    const column = mergeColumns(entity).find(candidate => mergeFieldOf(candidate) === field)
    const row = rows.get(from)
    if (!row)
      problems.push(
        refusal(
          { path },
          'from',
          'NOT_FOUND',
          `from is "${from.slice(0, 60)}", which is none of the records that are merged.`,
        ),
      )
    else if (column && taken.has(column.name))
      problems.push(refusal({ path }, 'field', 'DUPLICATE', `${field} is taken twice.`))
    else if (column) taken.set(column.name, { index, from: row })
  }
  if (problems.length > 0) throw new UserErrors(problems)
  return taken
}

/** The record that a field comes from unless one is named: the one that stays, or the first that has a value. */
function usualOrigin({ winner, merged }: Held, column: Column): Row {
  const { name } = column
  const first = isFlag(column)
    ? merged.find(row => row[name] === true && winner[name] === false)
    : merged.find(row => isBlank(winner[name]) && !isBlank(row[name]))
  return first ?? winner
}

/** The record whose place in a hierarchy is taken; one without a place, for the top. */
async function originOfPlace(writing: Writing, held: Held, column: Column, taken: Taken): Promise<Row> {
  const { isFree, usual } = await placesIn(writing, held, column)
  const chosen = taken.get(column.name)
  if (!chosen) return usual ?? {}
  if (isFree(chosen.from)) return chosen.from
  const path = ['input', 'take', String(chosen.index)]
  const message = `${column.name} of ${String(chosen.from['id'])} is one of the records that are merged, or below one.`
  throw new UserErrors([refusal({ path }, 'from', 'CYCLE', message)])
}

async function originsOf(writing: Writing, held: Held, taken: Taken): Promise<Origins> {
  const upward = new Set(upwardColumns(writing.entity))
  const origins: Origins = new Map()
  for (const column of mergeColumns(writing.entity)) {
    const { name } = column
    // What the viewer may not read is not in the rows, and stays as it is.
    if (!(name in held.winner)) continue
    const origin = upward.has(column)
      ? await originOfPlace(writing, held, column, taken)
      : (taken.get(name)?.from ?? usualOrigin(held, column))
    origins.set(name, origin)
  }
  return origins
}

/** Fields of an installation's own are put together, name by name, unless one record's are taken. */
function customFieldsOf({ winner, merged }: Held, taken: Taken): unknown {
  const own = taken.get('customFields')?.from['customFields']
  return own ?? Object.assign({}, ...[winner, ...merged].toReversed().map(row => row['customFields']))
}

/**
 * What the record that stays becomes: blank fields are filled from the others in their order, what is off is on when
 * it is in any of them, and `take` has the last word.
 *
 * @throws UserErrors when `take` contradicts itself
 */
export async function valuesAfter(writing: Writing, input: MergeInput, held: Held): Promise<Row> {
  const { entity } = writing
  const { winner } = held
  const taken = takenOf(entity, input, held)
  const origins = await originsOf(writing, held, taken)
  settleCurrencies(entity, held, origins, new Map([...taken].map(([name, { index }]) => [name, index])))
  const values = [...origins].map(([name, row]) => [
    name,
    name === 'customFields' ? customFieldsOf(held, taken) : (row[name] ?? null),
  ])
  return Object.fromEntries(
    values.filter(([name, value]) => stableJson(value) !== stableJson(winner[String(name)] ?? null)),
  )
}
