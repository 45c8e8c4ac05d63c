import type { Spread } from './measure/statistics.ts'

/** What is to be reached: at least, or at most, so much. */
export interface Target {
  readonly name: string
  readonly is: 'at least' | 'at most'
  readonly must: number
  readonly goal: number | null
  /** `x` for a ratio. */
  readonly unit: 'x' | 'ms' | 'statements'
}

/** A target and what was measured; `null` where it was not. */
export interface Figure extends Target {
  readonly value: Spread | null
  /** What stands against it, such as the best peer's name. */
  readonly against: string
}

export const targets = {
  nestedPeer: {
    name: 'nested: requests per second against the best peer',
    is: 'at least',
    must: 1.2,
    goal: 1.5,
    unit: 'x',
  },
  nestedLimit: {
    name: 'nested: requests per second against the limit',
    is: 'at least',
    must: 0.45,
    goal: 0.6,
    unit: 'x',
  },
  byIdPeer: {
    name: 'by id: requests per second against the best peer',
    is: 'at least',
    must: 1.1,
    goal: 1.3,
    unit: 'x',
  },
  listPeer: {
    name: 'list: requests per second against the best peer',
    is: 'at least',
    must: 1.1,
    goal: 1.3,
    unit: 'x',
  },
  agent: {
    name: 'nested as an agent (OWN) against administrator, the same rows',
    is: 'at least',
    must: 0.8,
    goal: 0.9,
    unit: 'x',
  },
  unused: {
    name: 'CPU per request with 20 unused extensions against none',
    is: 'at most',
    must: 1.03,
    goal: 1.01,
    unit: 'x',
  },
  tenFields: {
    name: 'ten extension fields: CPU per request against hand-written',
    is: 'at most',
    must: 1.15,
    goal: 1.05,
    unit: 'x',
  },
  deepPage: { name: 'deep page against first page, time', is: 'at most', must: 1.2, goal: 1.1, unit: 'x' },
  aggregate: {
    name: 'aggregate, warm, against the plain SQL, time',
    is: 'at most',
    must: 1.2,
    goal: 1.1,
    unit: 'x',
  },
  statements: {
    name: 'SQL statements for nested, all counted',
    is: 'at most',
    must: 5,
    goal: 2,
    unit: 'statements',
  },
  compose: {
    name: 'composing 100 extensions of 10 types each',
    is: 'at most',
    must: 1000,
    goal: 400,
    unit: 'ms',
  },
  composeLinear: {
    name: 'composing 200 of them against 100',
    is: 'at most',
    must: 2.5,
    goal: 2.2,
    unit: 'x',
  },
  start: {
    name: '`node src/main.ts` to ready, warm, embedded',
    is: 'at most',
    must: 2000,
    goal: 1000,
    unit: 'ms',
  },
  heap: {
    name: 'heap after 10,000 different documents against before',
    is: 'at most',
    must: 1.1,
    goal: null,
    unit: 'x',
  },
} as const satisfies Readonly<Record<string, Target>>

export const verdict = ({ value, is, must, goal }: Figure): 'goal' | 'must' | 'missed' | 'not measured' => {
  if (value === null) return 'not measured'
  const reaches = (bound: number) => (is === 'at least' ? value.median >= bound : value.median <= bound)
  if (goal !== null && reaches(goal)) return 'goal'
  return reaches(must) ? 'must' : 'missed'
}
