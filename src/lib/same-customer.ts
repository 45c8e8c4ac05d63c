import { type Kysely, sql } from 'kysely'
import { refusal } from './refusal.ts'
import { willBe } from './will-be.ts'

type Row = Readonly<Record<string, unknown>>

interface Pointing {
  readonly before: Row | null
  readonly values: Row
  readonly input: Row
  readonly path: readonly string[]
}

/** Fields by which records point to what is of a customer itself, each with the table of that. */
export type Pointers = Readonly<Record<string, 'Case' | 'Contact' | 'Opportunity' | 'Order'>>

/** The customers of what is pointed to, by its id; `null` for what is of none. */
export type Homes = ReadonlyMap<string, string | null>

const isNew = ({ before, values }: Pointing, field: string): boolean =>
  values[field] !== undefined && values[field] !== before?.[field]

/** What a change points to by the field, when it says so anew, or is of another customer than before. */
function pointedTo(change: Pointing, field: string): string | null {
  const id = willBe(change, field)
  return typeof id === 'string' && (isNew(change, field) || isNew(change, 'customerId')) ? id : null
}

/**
 * Reads the customers of what changes point to, one statement a table. Whoever writes may not see them all: what
 * belongs together does so for everybody.
 */
export async function findHomes(
  changes: readonly Pointing[],
  pointers: Pointers,
  { database }: { readonly database: () => Kysely<unknown> },
): Promise<Homes> {
  const homes = new Map<string, string | null>()
  for (const [field, table] of Object.entries(pointers)) {
    const ids = [...new Set(changes.flatMap(change => pointedTo(change, field) ?? []))]
    if (ids.length === 0) continue
    const { rows } = await sql<{ id: string; customerId: string | null }>`
      select id, "customerId" from ${sql.table(table)} where id = any(${ids})`.execute(database())
    for (const { id, customerId } of rows) homes.set(id, customerId)
  }
  return homes
}

/**
 * The userErrors of what a change points to at another customer than its own, one a field; what is of no customer fits
 * them all. No message tells more of it than the caller has said.
 */
export function refuseStrangers(change: Pointing, pointers: Pointers, homes: Homes) {
  const customerId = willBe(change, 'customerId')
  const problems = new Map<string, ReturnType<typeof refusal>>()
  for (const [field, table] of Object.entries(pointers)) {
    const id = pointedTo(change, field)
    const home = id === null ? null : homes.get(id)
    if (!home || typeof customerId !== 'string' || home === customerId) continue
    // People are chosen for the customer; all else says who the customer is.
    const isSaid = change.input['customerId'] !== undefined
    const blamed = (table === 'Contact' ? !isNew(change, field) : isSaid) ? 'customerId' : field
    const message = `${field} is ${id}, of another customer than ${customerId}.`
    if (!problems.has(blamed)) problems.set(blamed, refusal(change, blamed, 'CONTRADICTION', message))
  }
  return [...problems.values()]
}
