import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Figure, targets, verdictOf } from './target.ts'

const figure = (target: (typeof targets)[keyof typeof targets], median: number | null): Figure => ({
  ...target,
  value: median === null ? null : { median, lower: median, upper: median },
  against: '',
})

test('at least so much', () => {
  assert.equal(verdictOf(figure(targets.nestedPeer, 1.5)), 'goal')
  assert.equal(verdictOf(figure(targets.nestedPeer, 1.2)), 'must')
  assert.equal(verdictOf(figure(targets.nestedPeer, 1.19)), 'missed')
})

test('at most so much', () => {
  assert.equal(verdictOf(figure(targets.statements, 2)), 'goal')
  assert.equal(verdictOf(figure(targets.statements, 5)), 'must')
  assert.equal(verdictOf(figure(targets.statements, 6)), 'missed')
})

test('without a goal, what must be is the most that is reached', () => {
  assert.equal(verdictOf(figure(targets.heap, 0.9)), 'must')
})

test('what was not measured is not missed', () => {
  assert.equal(verdictOf(figure(targets.heap, null)), 'not measured')
})
