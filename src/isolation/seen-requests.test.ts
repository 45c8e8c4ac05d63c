import { expect, test } from 'vitest'
import { createSeenRequests } from './seen-requests.ts'

test('an id is the first of its kind once, for as long as it is remembered', () => {
  let present = 1000
  const { isFirst } = createSeenRequests({ seconds: 600, now: () => present })
  expect([isFirst('a', 1000), isFirst('b', 1000), isFirst('a', 1000)]).toEqual([true, true, false])
  present = 1599
  expect([isFirst('c', 1599), isFirst('a', 1000)]).toEqual([true, false])
  present = 1601
  expect([isFirst('d', 1601), isFirst('c', 1599)]).toEqual([true, false])
})

test('what had to be forgotten before its time does not come again, nor anything as old', () => {
  const { isFirst } = createSeenRequests({ seconds: 600, most: 2, now: () => 1000 })
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) expect(isFirst(id, 1000 + index)).toBe(true)
  expect(['a', 'b', 'c', 'd'].map((id, index) => isFirst(id, 1000 + index))).toEqual(
    Array.from({ length: 4 }, () => false),
  )
  expect(isFirst('late', 1001)).toBe(false)
  expect(isFirst('new', 1002)).toBe(true)
})
