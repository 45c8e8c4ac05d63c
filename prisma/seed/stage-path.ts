import type { OpportunityType } from '../../src/generated/prisma/enums.ts'
import { addDays, addMinutes, atWork, daysBetween } from './calendar.ts'
import type { Random } from './random.ts'

/** The open stages of the default pipeline, in their order. */
export const openStageCodes = [
  'PROSPECTING',
  'QUALIFICATION',
  'NEEDS_ANALYSIS',
  'PROPOSAL',
  'NEGOTIATION',
] as const

export const stageCodes = [...openStageCodes, 'CLOSED_WON', 'CLOSED_LOST'] as const

export type OpenStageCode = (typeof openStageCodes)[number]
export type StageCode = (typeof stageCodes)[number]

/** That an opportunity entered a stage. */
export interface Visit {
  readonly stage: StageCode
  readonly enteredAt: Date
}

/** Where opportunities get lost, against the stages' order: most early on, or over the price. */
const lossWeights = [18, 26, 14, 26, 16] as const

/** The stages an opportunity goes through until it is decided. */
export function stagePath(random: Random, type: OpportunityType, isWon: boolean): readonly StageCode[] {
  // Who has bought before is known, and of a renewal there is little to analyse.
  const first = type === 'NEW_BUSINESS' ? 0 : type === 'RENEWAL' ? 3 : random.chance(0.6) ? 1 : 0
  const stages = openStageCodes.slice(first)
  const reached = isWon
    ? stages
    : stages.slice(0, 1 + stages.indexOf(random.pickWeighted(stages, stage => lossWeight(stage))))
  const passed = reached.filter(
    (stage, index) => stage !== 'NEEDS_ANALYSIS' || index === 0 || !random.chance(0.2),
  )
  const isReopened = passed.at(-1) === 'NEGOTIATION' && random.chance(0.08)
  return [
    ...passed,
    ...(isReopened ? (['PROPOSAL', 'NEGOTIATION'] as const) : []),
    isWon ? 'CLOSED_WON' : 'CLOSED_LOST',
  ]
}

const lossWeight = (stage: OpenStageCode): number => lossWeights[openStageCodes.indexOf(stage)] ?? 1

/** The stages it was in, the oldest first. */
export type Visits = readonly [Visit, ...Visit[]]

export interface Span {
  readonly createdAt: Date
  /** The day it is decided, about. */
  readonly decidedOn: Date
  readonly utcOffset: number
}

/** When it entered each stage of the path, at working hours and one after the other. */
export function visitsAlong(random: Random, path: readonly StageCode[], span: Span): Visits {
  const { createdAt, decidedOn, utcOffset } = span
  const [first = 'PROSPECTING', ...later] = path
  const stays = later.map(() => 0.4 + random.fraction())
  const daysPerStay = daysBetween(createdAt, decidedOn) / stays.reduce((sum, stay) => sum + stay, 0)
  const visits: Visit[] = []
  let before = createdAt
  let day = 0
  for (const [index, stage] of later.entries()) {
    day += (stays[index] ?? 0) * daysPerStay
    const planned = atWork(random, addDays(createdAt, day), utcOffset)
    before = planned > before ? planned : addMinutes(before, random.integer(10, 90))
    visits.push({ stage, enteredAt: before })
  }
  return [{ stage: first, enteredAt: createdAt }, ...visits]
}
