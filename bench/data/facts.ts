import type pg from 'pg'

/** What requests have to know of the data. */
export interface Facts {
  readonly customerId: string
  /** Owner of 400 customers. */
  readonly ownerId: string
  readonly agentId: string
  /** The last opportunity of page 999, of 100 a page, the newest first. */
  readonly deepAfter: { readonly createdAt: string; readonly id: string }
}

export const people = {
  administrator: { id: `usr_${'1'.padStart(26, '0')}`, email: 'ada@bench.example', role: 'ADMINISTRATOR' },
  agent: { id: `usr_${'2'.padStart(26, '0')}`, email: 'ben@bench.example', role: 'AGENT' },
} as const

export const keyOf = (person: keyof typeof people): string => `bench-key-of-the-${person}`.padEnd(40, 'x')

/** Reads them; the same data has the same. */
export async function readFacts(client: pg.Client): Promise<Facts> {
  const { rows } = await client.query<{ createdAt: Date; id: string }>(
    `select "createdAt", id from "Opportunity" order by "createdAt" desc, id desc offset 99899 limit 1`,
  )
  const [last] = rows
  if (!last) throw new Error('There are fewer than 99,900 opportunities in the database.')
  return {
    customerId: `cus_${'123456'.padStart(26, '0')}`,
    ownerId: `usr_${'250'.padStart(26, '0')}`,
    agentId: people.agent.id,
    deepAfter: { createdAt: last.createdAt.toISOString(), id: last.id },
  }
}
