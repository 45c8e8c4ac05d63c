import type { Spread } from '../measure/statistics.ts'

/** What is to be reached: at least, or at most, so much. */
export interface Target {
  readonly name: string
  readonly is: 'at least' | 'at most'
  readonly must: number
  /** `null` where what must be is all that is wanted. */
  readonly goal: number | null
  /** Of value and bounds; empty for a ratio. */
  readonly unit: '' | 'ms'
}

/** A target, and what was measured. */
export interface Figure extends Target {
  /** `null` where it was not measured. */
  readonly value: Spread | null
  /** What it is held against, such as the best peer's name. */
  readonly against: string
}

const atLeast = (name: string, must: number, goal: number): Target => ({
  name,
  is: 'at least',
  must,
  goal,
  unit: '',
})

const atMost = (name: string, must: number, goal: number | null, unit: Target['unit'] = ''): Target => ({
  name,
  is: 'at most',
  must,
  goal,
  unit,
})

export const targets = {
  nestedPeer: atLeast('nested: requests per second, against the best peer', 1.2, 1.5),
  nestedLimit: atLeast('nested: requests per second, against the limit', 0.45, 0.6),
  byIdPeer: atLeast('byId: requests per second, against the best peer', 1.1, 1.3),
  listPeer: atLeast('list: requests per second, against the best peer', 1.1, 1.3),
  agent: atLeast('nested asked by an agent (OWN), against the administrator: requests per second', 0.8, 0.9),
  unused: atMost('nested with 20 unused extensions, against none: CPU per request', 1.03, 1.01),
  unusedRemotesNested: atMost(
    'nested with 2 unused remote extensions, against none: CPU per request',
    1.03,
    1.01,
  ),
  unusedRemotesById: atMost(
    'byId with 2 unused remote extensions, against none: CPU per request',
    1.03,
    1.01,
  ),
  unusedRemotesList: atMost(
    'list with 2 unused remote extensions, against none: CPU per request',
    1.03,
    1.01,
  ),
  remoteField: atMost('a remote field on 20 customers: CPU that it adds to a request', 1, null, 'ms'),
  remotePeer: atLeast('remote: requests per second, against Hive Gateway', 1, 1.5),
  remotePeerCpu: atMost('remote: CPU per request, against Hive Gateway alone', 1, 0.75),
  tenFields: atMost('ten fields of an extension, against hand-written: CPU per request', 1.15, 1.05),
  deepPage: atMost('page 1,000, against page 1: time per request', 1.2, 1.1),
  aggregate: atMost('aggregate, warm, against plain SQL: time per request', 1.2, 1.1),
  reports: atMost('the dearest report by its ratio, warm, against plain SQL: time', 1.2, 1.1),
  statements: atMost('SQL statements for nested, all counted', 5, 2),
  compose: atMost('composing 100 extensions of 10 types each', 1000, 400, 'ms'),
  composeLinear: atMost('composing 200 such extensions, against 100: time', 2.5, 2.2),
  start: atMost('`node src/main.ts` to its banner, warm, embedded database', 2000, 1000, 'ms'),
  heap: atMost('heap after 10,000 different documents, against before', 1.1, null),
} as const satisfies Readonly<Record<string, Target>>

export type Verdict = 'goal' | 'must' | 'missed' | 'not measured'

/** The most that a figure's median reaches. */
export function verdictOf({ value, is, must, goal }: Figure): Verdict {
  if (value === null) return 'not measured'
  const reaches = (bound: number) => (is === 'at least' ? value.median >= bound : value.median <= bound)
  if (goal !== null && reaches(goal)) return 'goal'
  return reaches(must) ? 'must' : 'missed'
}
