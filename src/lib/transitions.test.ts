import { expect, test } from 'vitest'
import { createStateMachine } from './transitions.ts'

const machine = createStateMachine({
  initial: ['DRAFT'],
  next: { DRAFT: ['SENT', 'KEPT', 'LOST'], SENT: ['DRAFT'], KEPT: ['LOST', 'SENT'], LOST: [] },
})

test('tells what may follow, and what something may begin as', () => {
  expect([machine.next('DRAFT'), machine.next('LOST'), machine.next(null)]).toEqual([
    ['SENT', 'KEPT', 'LOST'],
    [],
    ['DRAFT'],
  ])
})

test('has nothing against what may follow', () => {
  expect([machine.refusal('DRAFT', 'SENT'), machine.refusal(null, 'DRAFT')]).toEqual([null, null])
})

test.each([
  ['SENT', 'LOST', 'status is SENT; it may become DRAFT, and not LOST.'],
  ['KEPT', 'DRAFT', 'status is KEPT; it may become LOST or SENT, and not DRAFT.'],
  ['DRAFT', 'DRAFT', 'status is DRAFT already; it may become SENT, KEPT or LOST.'],
  ['LOST', 'DRAFT', 'status is LOST, which is final.'],
  [null, 'SENT', 'status begins as DRAFT, and not as SENT.'],
] as const)('refuses %s -> %s by naming what may follow', (from, to, message) => {
  expect(machine.refusal(from, to)).toBe(message)
})
