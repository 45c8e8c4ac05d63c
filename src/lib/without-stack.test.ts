import { expect, test } from 'vitest'
import { withoutStack } from './without-stack.ts'

const frames = ({ stack = '' }: Error): number =>
  stack.split('\n').filter(line => /^\s+at /.test(line)).length

test('an error has no stack, and the ones after it have', () => {
  const made = withoutStack(() => new RangeError('too far'))
  expect(made).toMatchObject({ name: 'RangeError', message: 'too far' })
  expect(frames(made)).toBe(0)
  expect(frames(new Error('another'))).toBeGreaterThan(0)
})

test('so they have where it could not be made', () => {
  const made = () => {
    throw new Error('no')
  }
  expect(() => withoutStack(made)).toThrow('no')
  expect(frames(new Error('another'))).toBeGreaterThan(0)
})
