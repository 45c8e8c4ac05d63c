import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import type { Asking, ScenarioName } from '../contenders/contender.ts'
import { askOnce, load, type Turn } from './load.ts'

/** A contender that is up, and what it can be asked. */
export interface Competitor {
  readonly name: string
  readonly url: string
  readonly pid: number
  readonly asking: Asking
}

export interface ScenarioOptions {
  readonly scenario: ScenarioName
  readonly competitors: readonly Competitor[]
  /** The right answer; `undefined` where each request has its own. */
  readonly expected: unknown
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly postmaster: number | null
  readonly database: pg.Client
  readonly say: (line: string) => void
}

/** Takes back what a scenario wrote, so that the others find the rows that they know. */
const cleaning: Partial<Readonly<Record<ScenarioName, readonly string[]>>> = {
  create: [
    `delete from "Customer" where name like 'Created %'`,
    `delete from "OutboxEvent"`,
    'vacuum "Customer"',
  ],
  bulkUpsert: [
    `delete from "ExternalReference" where system = 'bench'`,
    `delete from "Customer" where name like 'Upserted %'`,
    `delete from "OutboxEvent"`,
    'vacuum "Customer"',
  ],
}

/**
 * Measures the competitors in turn, round by round.
 *
 * @returns turns by competitor, one a round
 * @throws Error with the difference, when an answer is not plain SQL's
 */
export async function measureScenario(
  options: ScenarioOptions,
): Promise<ReadonlyMap<string, readonly Turn[]>> {
  const { scenario, competitors, rounds, seconds, connections, postmaster, database, say } = options
  const turns = new Map<string, Turn[]>(competitors.map(({ name }) => [name, []]))
  const clean = async () => {
    for (const statement of cleaning[scenario] ?? []) await database.query(statement)
  }
  const bodies = new Map<string, string | null>()
  for (const { name, url, pid, asking } of competitors) {
    await assertRight(options, name, asking, await askOnce(url, asking))
    await load({ url, pid, postmaster, asking, seconds: Math.max(1, seconds / 2), connections, body: null })
    const body = await askOnce(url, asking)
    await assertRight(options, name, asking, body)
    bodies.set(name, options.expected === undefined ? null : body)
    await clean()
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, url, pid, asking } of competitors) {
      const turn = await load({
        url,
        pid,
        postmaster,
        asking,
        seconds,
        connections,
        body: bodies.get(name) ?? null,
      })
      turns.get(name)?.push(turn)
      await clean()
    }
    say(
      `${scenario}, round ${round} of ${rounds}: ${competitors
        .map(({ name }) => `${name} ${(turns.get(name)?.at(-1)?.requestsPerSecond ?? 0).toFixed(0)}`)
        .join(', ')}`,
    )
  }
  return turns
}

async function assertRight(
  { scenario, expected }: ScenarioOptions,
  name: string,
  asking: Asking,
  body: string,
): Promise<void> {
  const answer = asking.read(JSON.parse(body))
  if (expected === undefined || isDeepStrictEqual(answer, expected)) return
  throw new Error(`${name} answers ${scenario} otherwise than plain SQL:\n${difference(expected, answer)}`)
}

/** The first line in which two values differ, written out. */
function difference(expected: unknown, answer: unknown): string {
  const [right, given] = [expected, answer].map(value => JSON.stringify(value, null, 1).split('\n'))
  const line = right?.findIndex((text, index) => text !== given?.[index]) ?? 0
  const around = (lines: readonly string[] | undefined) =>
    lines?.slice(Math.max(0, line - 2), line + 3).join('\n')
  return `expected\n${around(right)}\ngiven\n${around(given)}`
}
