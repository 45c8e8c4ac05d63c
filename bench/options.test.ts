import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from './options.ts'

const contenders = ['limit', 'trellis']
const read = (...words: readonly string[]) => readOptions(words, contenders)

test('a run measures everything unless told otherwise', () => {
  const options = read()
  assert.deepEqual(options?.only, [])
  assert.equal(options?.scenarios.length, 11)
  assert.equal(options?.connections, 32)
  assert.ok((options?.rounds ?? 0) >= 5)
})

test('what is said goes before what --quick implies', () => {
  assert.equal(read('--quick')?.rounds, 3)
  assert.equal(read('--quick', '--rounds', '9')?.rounds, 9)
})

test('names are read', () => {
  assert.deepEqual(read('--only', 'trellis,limit', '--scenarios', 'nested')?.only, ['trellis', 'limit'])
})

test('an unknown name is refused with those that there are', () => {
  assert.throws(() => read('--only', 'treliss'), /--only names "treliss"; there are limit, trellis/)
  assert.throws(() => read('--scenarios', 'nest'), /--scenarios names "nest"; there are nested, byId/)
})

test('what is no positive whole number is refused', () => {
  for (const text of ['0', '1.5', 'many', ''])
    assert.throws(() => read('--rounds', text), /--rounds is ".*"; it has to be a whole number/)
})

test('an unknown option is refused', () => {
  assert.throws(() => read('--fast'), /--fast/)
})

test('help asks for nothing else', () => {
  assert.equal(read('--help'), null)
})
