import { expect, test } from 'vitest'
import type { Drift } from './drift.ts'
import { driftProblems } from './drift-problems.ts'
import { composeFixture, extensionOf } from './fixtures/extension.ts'

const same: Drift = { status: 'SAME', checkedAt: new Date(0), reason: null, breaking: [], other: [] }

function problemsWith(drift: Partial<Drift>) {
  const [extension] = composeFixture({ extensions: [extensionOf('review')] }).extensions
  if (!extension) throw new Error('It is not composed.')
  return driftProblems(extension, { ...same, ...drift })
}

const removed = (field: string) => ({ type: 'FIELD_REMOVED', description: `Customer.${field} was removed.` })

test('SCHEMA_DRIFT: what may fail is an error, what else has changed a warning, and what is the same no problem', () => {
  expect(problemsWith({})).toEqual([])
  const other = [{ type: 'ADDED', description: 'Customer.stars was added.' }]
  expect(problemsWith({ breaking: [removed('reviews')], other })).toMatchInlineSnapshot(`
    [
      {
        "code": "SCHEMA_DRIFT",
        "coordinate": null,
        "extensions": [
          {
            "column": 1,
            "file": "elsewhere/review/index.ts",
            "line": 1,
            "name": "review",
            "version": "1.0.0",
          },
        ],
        "fix": "Pin the schema that the service has now, or have it answer as it did.",
        "message": "The service of review 1.0.0 (elsewhere/review/index.ts:1:1) has changed so that operations may fail: Customer.reviews was removed.",
        "severity": "error",
      },
      {
        "code": "SCHEMA_DRIFT",
        "coordinate": null,
        "extensions": [
          {
            "column": 1,
            "file": "elsewhere/review/index.ts",
            "line": 1,
            "name": "review",
            "version": "1.0.0",
          },
        ],
        "fix": "Pin the schema that the service has now, or have it answer as it did.",
        "message": "The service of review 1.0.0 (elsewhere/review/index.ts:1:1) has changed since it was pinned: Customer.stars was added.",
        "severity": "warning",
      },
    ]
  `)
})

test('of very many changes the message names the first', () => {
  const breaking = Array.from({ length: 12 }, (_, index) => removed(`field${index}`))
  const [problem] = problemsWith({ breaking })
  expect(problem?.message).toMatch(/Customer\.field9 was removed\. And 2 more\.$/)
})
