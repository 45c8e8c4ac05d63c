import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FaultFigures, faultsTable, missesOf } from './verdict.ts'

const good: FaultFigures = {
  kind: 'remote',
  fault: 'is dead',
  attempt: 1,
  outcome: 'opens',
  due: 500,
  answered: 500,
  p99QuietMs: 5,
  p99FaultMs: 14,
  opened: { failures: 5, afterMs: 2500 },
  recoveredAfterMs: 1200,
  wrong: 0,
  says: null,
}

test('all is well', () => {
  assert.deepEqual(missesOf(good), [])
  assert.match(faultsTable([good]), /\| remote \| is dead \| 100 % of 500 \|.*\| yes \| 1 \|/)
})

test('each bound is missed by itself', () => {
  const missed: readonly (readonly [Partial<FaultFigures>, RegExp])[] = [
    [{ answered: 499, says: 'ECONNRESET' }, /1 of 500 without the core's fields: ECONNRESET/],
    [{ p99FaultMs: 15.1 }, /10\.1 ms more than quiet/],
    [{ opened: null }, /did not open/],
    [{ opened: { failures: 6, afterMs: 2001 } }, /after 6 failures and 2001 ms/],
    [{ outcome: 'mended' }, /the breaker opened/],
    [{ outcome: 'mended', opened: null, wrong: 1 }, /1 answers were other than right/],
    [{ wrong: 2 }, /2 answers told of no failure/],
    [{ recoveredAfterMs: 10_001 }, /not back within/],
    [{ recoveredAfterMs: null }, /not back within/],
  ]
  for (const [change, message] of missed) {
    const misses = missesOf({ ...good, ...change })
    assert.equal(misses.length, 1)
    assert.match(misses[0] ?? '', message)
    assert.match(faultsTable([{ ...good, ...change }]), /\| no \|/)
  }
})

test('five failures are enough, and so are two seconds', () => {
  assert.deepEqual(missesOf({ ...good, opened: { failures: 9, afterMs: 1900 } }), [])
  assert.deepEqual(missesOf({ ...good, opened: { failures: 2, afterMs: 9000 } }), [])
})
