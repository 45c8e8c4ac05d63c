import type pg from 'pg'
import type { ScenarioName } from '../contenders/contender.ts'

interface Cleaning {
  /** After each turn. */
  readonly turn: readonly string[]
  /** When all turns are over. */
  readonly end: readonly string[]
}

const cleanings: Partial<Readonly<Record<ScenarioName, Cleaning>>> = {
  create: {
    turn: [
      `delete from "Customer" where name like 'Created %'`,
      'delete from "OutboxEvent"',
      'vacuum "Customer", "OutboxEvent"',
    ],
    end: [],
  },
  // What it made stays until the end: each turn changes it.
  bulkUpsert: {
    turn: ['delete from "OutboxEvent"', 'vacuum "Customer", "OutboxEvent"'],
    end: [
      `delete from "ExternalReference" where system = 'bench'`,
      `delete from "Customer" where name like 'Upserted %'`,
      'vacuum analyze "Customer", "ExternalReference"',
    ],
  },
}

/** Takes back what a scenario wrote. */
export async function clean(client: pg.Client, scenario: ScenarioName, when: 'turn' | 'end'): Promise<void> {
  for (const statement of cleanings[scenario]?.[when] ?? []) await client.query(statement)
}

/** Takes back what a run that was broken off left behind. */
export async function cleanAll(client: pg.Client): Promise<void> {
  for (const scenario of ['create', 'bulkUpsert'] as const)
    for (const when of ['turn', 'end'] as const) await clean(client, scenario, when)
}
