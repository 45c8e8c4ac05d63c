import { expect, test } from 'vitest'
import { createStatementNames, statementLifetimeSeconds } from './statement-names.ts'

type NameOf = ReturnType<typeof createStatementNames>

/** Asks for a name as a statement does that is sent twice. */
function twice(nameOf: NameOf, text: string): string | undefined {
  nameOf(text)
  return nameOf(text)
}

test('a statement has a name from the second time on, always the same', () => {
  const nameOf = createStatementNames()
  expect(nameOf('select 1')).toBeUndefined()
  const name = nameOf('select 1')
  expect(name).toMatch(/^[\w-]{27}$/)
  expect(nameOf('select 1')).toBe(name)
})

test('statements asked once take nobody a place, and there are 500 places', () => {
  const nameOf = createStatementNames()
  for (let index = 0; index < 10_000; index++) nameOf(`once ${index}`)
  const named = Array.from({ length: 600 }, (_, index) => twice(nameOf, `often ${index}`))
  expect(named.filter(name => name !== undefined)).toHaveLength(500)
})

test('places are given out anew after a while', () => {
  let time = 0
  const nameOf = createStatementNames(() => time)
  for (let index = 0; index < 500; index++) twice(nameOf, `early ${index}`)
  expect(twice(nameOf, 'late')).toBeUndefined()
  time += statementLifetimeSeconds * 1000 + 1
  expect(twice(nameOf, 'late')).toBeDefined()
})
