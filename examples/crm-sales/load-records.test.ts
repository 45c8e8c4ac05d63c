import { expect, test } from 'vitest'
import type { BatchAnswer, BulkUpsert, UpsertItem } from './bulk-upsert.ts'
import { createLoader } from './load-records.ts'
import type { Progress } from './progress.ts'
import { RowRefused } from './row-refused.ts'

const silent: Progress = {
  start: () => ({ advance: () => undefined, done: () => undefined }),
  note: () => undefined,
  stop: () => undefined,
}

const rowsOf = (...names: readonly string[]) =>
  names.map((name, index) => ({ origin: `teams.csv:${index + 2}`, name }))

const allCreated = (items: readonly UpsertItem[]): BatchAnswer => ({
  results: items.map(({ externalId }) => ({
    externalId,
    id: `tea_${externalId}`,
    status: 'CREATED' as const,
  })),
  userErrors: [],
})

/** Loads teams through an API that answers as given. */
function loading(answer: (items: readonly UpsertItem[]) => BatchAnswer, batchSize = 2) {
  const sizes: number[] = []
  const bulkUpsert: BulkUpsert = async (_, items) => {
    sizes.push(items.length)
    return answer(items)
  }
  return { sizes, load: createLoader({ bulkUpsert, progress: silent, batchSize }) }
}

const teams = { entity: 'Team', label: 'teams' } as const

test('rows go in batches, and later waves know the ids of earlier ones', async () => {
  const { sizes, load } = loading(allCreated)
  const known: number[] = []
  const loaded = await load({
    ...teams,
    waves: [rowsOf('a', 'b', 'c'), rowsOf('d')],
    itemOf: ({ name }, ids) => {
      known.push(ids.size)
      return { externalId: name }
    },
  })
  expect(sizes).toEqual([2, 1, 1])
  expect(known).toEqual([0, 0, 0, 3])
  expect(loaded).toMatchObject({
    rows: 4,
    counts: { CREATED: 4, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 },
    refusals: [],
  })
})

test('a row that cannot be mapped or comes twice is refused, and the others are loaded', async () => {
  const { load } = loading(allCreated)
  const { counts, refusals } = await load({
    ...teams,
    waves: [rowsOf('a', 'bad', 'a')],
    itemOf: ({ name }) => {
      if (name === 'bad') throw new RowRefused('name is "bad".')
      return { externalId: name }
    },
  })
  expect(counts).toMatchObject({ CREATED: 1, REFUSED: 2 })
  expect(refusals).toEqual([
    { origin: 'teams.csv:3', code: 'ROW', message: 'name is "bad".' },
    { origin: 'teams.csv:4', code: 'ROW', message: '"a" is there already: teams.csv:2.' },
  ])
})

test('what the API refuses is reported with its userErrors', async () => {
  const { load } = loading(items => ({
    results: items.map(({ externalId }, index) =>
      index === 1
        ? { externalId, id: null, status: 'REFUSED' as const }
        : { externalId, id: `tea_${externalId}`, status: 'UNCHANGED' as const },
    ),
    userErrors: [{ code: 'TAKEN', message: 'name is taken.', path: ['input', 'items', '1', 'name'] }],
  }))
  const { counts, refusals, ids } = await load({
    ...teams,
    waves: [rowsOf('a', 'b')],
    itemOf: ({ name }) => ({ externalId: name }),
  })
  expect(counts).toEqual({ CREATED: 0, UPDATED: 0, UNCHANGED: 1, REFUSED: 1 })
  expect(refusals).toEqual([{ origin: 'teams.csv:3', code: 'TAKEN', message: 'name is taken.' }])
  expect([...ids.keys()]).toEqual(['a'])
})

test('a batch that is refused as a whole loses no row silently', async () => {
  const { load } = loading(() => ({
    results: [],
    userErrors: [{ code: 'TOO_LONG', message: 'system is too long.', path: ['input', 'system'] }],
  }))
  const { counts, refusals } = await load({
    ...teams,
    waves: [rowsOf('a', 'b')],
    itemOf: ({ name }) => ({ externalId: name }),
  })
  expect(counts.REFUSED).toBe(2)
  expect(refusals.map(({ message }) => message)).toEqual(['system is too long.', 'system is too long.'])
})
