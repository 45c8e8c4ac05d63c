import { expect, test } from 'vitest'
import { createStatementNames, statementLifetimeSeconds } from './statement-names.ts'

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
  const named = Array.from(
    { length: 600 },
    (_, index) => (nameOf(`often ${index}`), nameOf(`often ${index}`)),
  )
  expect(named.filter(name => name !== undefined)).toHaveLength(500)
})

test('places are given out anew after a while', () => {
  let time = 0
  const nameOf = createStatementNames(() => time)
  for (let index = 0; index < 500; index++) nameOf(`early ${index}`), nameOf(`early ${index}`)
  expect((nameOf('late'), nameOf('late'))).toBeUndefined()
  time += statementLifetimeSeconds * 1000 + 1
  expect((nameOf('late'), nameOf('late'))).toBeDefined()
})
