import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { problemCodes } from './problem-codes.ts'

test('every code has a test that provokes it', () => {
  const tests = [
    'manifest-rules',
    'sdl-rules',
    'resolver-rules',
    'conflicts',
    'remote-rules',
    'conflicts-with-core',
    'quarantine',
    'drift-problems',
    'isolated-rules',
  ]
    .map(name => readFileSync(new URL(`${name}.test.ts`, import.meta.url), 'utf8'))
    .join('')
  expect(Object.keys(problemCodes).filter(code => !tests.includes(code))).toEqual([])
})
