import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { coreFile, coreFixture } from './fixtures/core.ts'
import { problemsOfAll } from './fixtures/extension.ts'
import { acme } from './fixtures/rules.ts'

const incomplete = 'DEPRECATION_INCOMPLETE'

test('a deprecation that says what to use and since when is fine', () => {
  const reason = 'Use `Acme.b`, which has the time as well; since 2026-03-01.'
  const problems = problemsOfAll(acme(`enum AcmeA { B C @deprecated(reason: "${reason}") }`))
  expect(problems.map(({ code }) => code)).not.toContain(incomplete)
})

test('of an extension it is a warning, and composing goes on', () => {
  const [problem] = problemsOfAll(acme('type AcmeA { a: Int @deprecated }')).filter(
    ({ code }) => code === incomplete,
  )
  expect(problem?.severity).toBe('warning')
  expect(problem?.message).toMatchInlineSnapshot(
    `"AcmeA.a of acme 1.0.0 (elsewhere/acme/schema.graphql:1:14) is deprecated without saying what to use instead and since when."`,
  )
})

test('the core does not start with one', () => {
  const text = readFileSync(coreFile, 'utf8').replace(
    'foundedYear: Int',
    'foundedYear: Int @deprecated(reason: "Use `x`.")',
  )
  const core = { ...coreFixture(), document: parse(text) }
  expect(problemsOfAll([], { core }).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    `error ${incomplete}`,
  ])
})
