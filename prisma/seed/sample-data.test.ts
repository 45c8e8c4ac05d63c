import { expect, test } from 'vitest'
import { addDays } from './calendar.ts'
import type { DefaultPipeline, Stage } from './pipeline.ts'
import { makeSampleData } from './sample-data.ts'

const stage = (id: string, probability: number): Stage => ({ id, probability, forecastCategory: 'PIPELINE' })
const pipeline: DefaultPipeline = {
  id: 'pip_1',
  stages: {
    PROSPECTING: stage('stg_1', 10),
    QUALIFICATION: stage('stg_2', 20),
    NEEDS_ANALYSIS: stage('stg_3', 25),
    PROPOSAL: stage('stg_4', 50),
    NEGOTIATION: stage('stg_5', 80),
    CLOSED_WON: stage('stg_6', 100),
    CLOSED_LOST: stage('stg_7', 0),
  },
  lostReasonIds: [],
}

/** One of each weekday, over two years. */
const days = Array.from({ length: 7 }, (_, index) => addDays(new Date('2026-01-01T00:00:00Z'), 107 * index))

test.each(days)('whatever the day, nothing happens after it: %s', now => {
  const sample = makeSampleData({ now, administratorId: 'usr_1', agentId: 'usr_2', pipeline })
  const { customers, contacts, opportunities, opportunityLines, stageHistories, externalReferences } = sample
  const { Segment, SegmentMember } = sample.segments
  const { records, files } = sample
  const hanging = [...records.Tag, ...records.Tagging, ...records.Note, ...files.map(({ row }) => row)]
  const rows = [
    ...[...customers, ...contacts, ...opportunities, ...opportunityLines, ...stageHistories],
    ...hanging,
    ...Object.values(sample.orderBook).flat(),
    ...Object.values(sample.activityLog).flat(),
    ...Object.values(sample.marketing).flat(),
    ...Object.values(sample.serviceDesk).flat(),
    ...[...sample.needs, ...Segment, ...SegmentMember],
  ]
  const moments = rows.flatMap(row => [row.createdAt, row.updatedAt, row.deletedAt])
  const deleted = rows.filter(row => row.deletedAt)
  const decided = opportunities.filter(row => row.closedAt)
  const winRate = decided.filter(row => row.probability === 100).length / decided.length

  for (const moment of moments) expect(!moment || moment < now).toBe(true)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(rows.filter(({ createdAt = 0, updatedAt = 0 }) => createdAt > updatedAt)).toEqual([])
  expect(deleted).toHaveLength(5)
  expect(externalReferences).toHaveLength(8)
  const began = new Map(rows.map(({ id, createdAt = 0 }) => [id, createdAt]))
  for (const { targetId, createdAt = 0 } of [
    ...records.Tagging,
    ...records.Note,
    ...files.map(({ row }) => row),
  ])
    expect(Number(createdAt)).toBeGreaterThanOrEqual(Number(began.get(targetId)))
  expect(Math.abs(opportunities.length - 900)).toBeLessThan(100)
  expect(Math.abs(winRate - 0.45)).toBeLessThan(0.05)
})
