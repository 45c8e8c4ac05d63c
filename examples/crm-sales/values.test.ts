import { expect, test } from 'vitest'
import { decimalOf, midnightOf, millionsOf, optional, wholeNumberOf } from './values.ts'

test.each([
  ['1100.04', '1100040000'],
  ['4618', '4618000000'],
  ['4269.9', '4269900000'],
  ['0.5', '500000'],
  ['0', '0'],
  ['4.12345678', '4123456.78'],
  ['98765432.1', '98765432100000'],
])('%s million is %s', (millions, units) => {
  expect(millionsOf('revenue', millions)).toBe(units)
})

test.each(['', '-1', '1,100.04', '1e3', '1.', 'n/a'])('"%s" is no amount', text => {
  const message = `revenue is "${text}", which is not a decimal number`
  expect(() => millionsOf('revenue', text)).toThrow(message)
  expect(() => decimalOf('revenue', text)).toThrow(message)
})

test('a day begins at midnight in UTC', () => {
  expect(midnightOf('close_date', '2017-03-01')).toBe('2017-03-01T00:00:00.000Z')
})

test.each(['2017-02-29', '2017-13-01', '01.03.2017', '2017-3-1'])('%s is no day', text => {
  expect(() => midnightOf('close_date', text)).toThrow(`close_date is "${text}"`)
})

test('whole numbers are whole', () => {
  expect(wholeNumberOf('employees', '2822')).toBe(2822)
  expect(() => wholeNumberOf('employees', '28.5')).toThrow(
    'employees is "28.5", which is not a whole number.',
  )
})

test('an empty cell says nothing', () => {
  expect(optional(decimalOf, 'close_value', '')).toBeNull()
  expect(optional(decimalOf, 'close_value', '0')).toBe('0')
})
