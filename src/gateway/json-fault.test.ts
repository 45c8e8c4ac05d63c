import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonFault } from './json-fault.ts'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test.each([
  ['', 1, 1, 'a value is expected, but the text ends'],
  ['{"a":}', 1, 6, 'a value is expected, but there is "}"'],
  ['{"a":1,}', 1, 8, 'a key in double quotes is expected, but there is "}"'],
  ['[1,\n2,]', 2, 3, 'a value is expected, but there is "]"'],
  ['{"a" 1}', 1, 6, '":" is expected, but there is "1"'],
  ['[1 2]', 1, 4, '"," or "]" is expected, but there is "2"'],
  ['{"a":"b', 1, 6, 'the string that starts here is not closed'],
  ['["\\x"]', 1, 3, 'a string has an unknown escape'],
  ['{} {}', 1, 4, 'the end is expected, but there is "{"'],
  ['[01]', 1, 2, 'a value or "]" is expected, but there is "0"'],
])('%j is at fault at line %i, column %i: %s', (text, line, column, reason) => {
  expect(findJsonFault(text)).toEqual({ line, column, reason })
})

test('it agrees with JSON.parse on what is JSON', () => {
  const texts = fc.oneof(
    fc.json(),
    fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:0.1e-\\un tfalsrk\n')) }),
  )
  fc.assert(
    fc.property(texts, text => (findJsonFault(text) === null) === isJson(text)),
    { numRuns: 5000 },
  )
})

test('a megabyte of brackets takes no time and no stack', () => {
  // Quadratic time would be minutes.
  const start = performance.now()
  expect(findJsonFault('['.repeat(1_048_576))?.column).toBe(1_048_577)
  expect(performance.now() - start).toBeLessThan(10_000)
})
