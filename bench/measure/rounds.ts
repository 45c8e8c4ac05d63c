import { isDeepStrictEqual } from 'node:util'
import type { Asking, ScenarioName } from '../contenders/contender.ts'
import { difference } from './difference.ts'
import { askOnce, type Extent, load, type Turn } from './load.ts'

/** A contender that is up, asked for one scenario. */
export interface Entry {
  readonly contender: string
  readonly scenario: ScenarioName
  readonly url: string
  readonly pid: number
  /** What its server wrote to its standard error last. */
  readonly said: () => string
  readonly asking: Asking
  /** The right answer; `undefined` where each request has its own. */
  readonly expected: unknown
}

/** An entry with what its turns showed, one a round. */
export interface Measured extends Entry {
  readonly turns: readonly Turn[]
}

export interface RoundsOptions {
  readonly entries: readonly Entry[]
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly postmaster: number | null
  /** Takes back what a scenario wrote, so that the others find the rows that they know. */
  readonly clean: (scenario: ScenarioName, when: 'turn' | 'end') => Promise<void>
  /** Resolves when PostgreSQL has done what it was asked. */
  readonly settle: () => Promise<void>
  readonly say: (line: string) => void
}

/** Asked one after the other: how long one takes is the question. */
const slow: ReadonlySet<ScenarioName> = new Set(['aggregate', 'bulkUpsert'])

/** Asked so many times: what is still under way when a turn is over would be written after the cleaning. */
const writing: ReadonlySet<ScenarioName> = new Set(['create'])

const warmUpRequests = 1000

/** Of a turn's length: V8 compiles, and PostgreSQL settles on plans, in the first thousand requests. */
const warmUpShare = 1

/**
 * Checks each entry's answer and warms it up, then measures them in turn, round by round.
 *
 * @throws Error with the difference, when an answer is not plain SQL's
 */
export async function measureRounds(options: RoundsOptions): Promise<readonly Measured[]> {
  const { entries, rounds, seconds, postmaster, clean, settle, say } = options
  const turnOf = async (entry: Entry, body: string | null, extent: Extent) => {
    const { contender, scenario, url, pid, said, asking } = entry
    const connections = slow.has(scenario) ? 1 : options.connections
    try {
      return await load({ url, pid, postmaster, asking, body, connections, extent })
    } catch (error) {
      throw new Error(`${contender}, ${scenario}: ${String(error)}\n${said()}`, { cause: error })
    }
  }

  const warmUp = async (entry: Entry): Promise<Contest> => {
    const isSlow = slow.has(entry.scenario)
    const isCounted = isSlow || writing.has(entry.scenario)
    assertRight(entry, await askOnce(entry.url, entry.asking))
    const warm = await turnOf(
      entry,
      null,
      isCounted ? { amount: isSlow ? 2 : warmUpRequests } : { duration: seconds * warmUpShare },
    )
    await settle()
    const body = await askOnce(entry.url, entry.asking)
    assertRight(entry, body)
    await clean(entry.scenario, 'turn')
    const amount = Math.max(isSlow ? 3 : options.connections, Math.ceil(warm.requestsPerSecond * seconds))
    return {
      entry,
      body: entry.expected === undefined ? null : body,
      extent: isCounted ? { amount } : { duration: seconds },
      turns: [],
    }
  }

  const contests: Contest[] = []
  for (const entry of entries) contests.push(await warmUp(entry))
  for (let round = 1; round <= rounds; round += 1) {
    // Back and forth, so that it is nobody's advantage to come after somebody else.
    for (const { entry, body, extent, turns } of round % 2 === 0 ? contests.toReversed() : contests) {
      turns.push(await turnOf(entry, body, extent))
      await settle()
      await clean(entry.scenario, 'turn')
    }
    say(`round ${round} of ${rounds}: ${contests.map(({ entry, turns }) => told(entry, turns)).join(', ')}`)
  }
  for (const scenario of new Set(entries.map(entry => entry.scenario))) await clean(scenario, 'end')
  return contests.map(({ entry, turns }) => ({ ...entry, turns }))
}

interface Contest {
  readonly entry: Entry
  /** The body that was found right; `null` where each is another. */
  readonly body: string | null
  readonly extent: Extent
  readonly turns: Turn[]
}

const told = ({ contender, scenario }: Entry, turns: readonly Turn[]): string =>
  `${contender} ${scenario} ${(turns.at(-1)?.requestsPerSecond ?? 0).toFixed(1)}/s`

function assertRight({ contender, scenario, asking, expected }: Entry, body: string): void {
  const answer = asking.read(JSON.parse(body))
  if (expected === undefined || isDeepStrictEqual(answer, expected)) return
  throw new Error(
    `${contender} answers ${scenario} otherwise than plain SQL, ${difference(JSON.stringify(expected), JSON.stringify(answer))}`,
  )
}
