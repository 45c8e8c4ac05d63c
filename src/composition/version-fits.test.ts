import { expect, test } from 'vitest'
import { versionFits } from './version-fits.ts'

test.each([
  ['1.5.0', '^1.0.0', true],
  ['2.0.0', '^1.0.0', false],
  ['1.5.0-beta.1', '^1.0.0', true],
  ['1.0.0-beta.1', '^1.0.0', false],
  ['1.5.0', 'no range', false],
])('whether %s fits %s: %s', (version, range, fits) => {
  expect(versionFits(version, range)).toBe(fits)
})
