import { expect, test } from 'vitest'
import type { InstalledState } from '../../../../installed/index.ts'
import { sourceOf, upgradeSpecification } from './package-source.ts'

const state: InstalledState = {
  format: 1,
  extensions: {
    shelf: {
      current: { version: '1.0.0', package: '@acme/extension-shelf' },
      previous: [],
      acceptsNewerTables: false,
    },
    mine: {
      current: { version: '1.0.0', package: 'extension-mine', source: '/packed/extension-mine-1.0.0.tgz' },
      previous: [],
      acceptsNewerTables: false,
    },
  },
  operation: null,
}

test('what is not installed is not upgraded, whatever package has that name', () => {
  for (const name of ['shlef', 'constructor'])
    expect(() => upgradeSpecification(state, { name, given: undefined })).toThrow(
      `No command has installed "${name}"; installed are: shelf, mine.`,
    )
  expect(() => upgradeSpecification(state, { name: 'shlef', given: '@acme/extension-shelf' })).toThrow(
    'No command has installed "shlef"',
  )
})

test('one from a registry is upgraded to its newest there, one from elsewhere to what is named only', () => {
  expect(upgradeSpecification(state, { name: 'shelf', given: undefined })).toBe(
    '@acme/extension-shelf@latest',
  )
  expect(() => upgradeSpecification(state, { name: 'mine', given: undefined })).toThrow(
    "came from /packed/extension-mine-1.0.0.tgz, and extension-mine in a registry may be somebody else's. Name the package: npx trellis extension upgrade mine <package>.",
  )
  expect(upgradeSpecification(state, { name: 'mine', given: './newer.tgz' })).toBe('./newer.tgz')
})

test.for([
  { specification: '@acme/extension-shelf', saved: '^1.0.0', source: null },
  { specification: '@acme/extension-shelf@next', saved: '1.0.0', source: null },
  { specification: '/packed/shelf.tgz', saved: 'file:../shelf.tgz', source: '/packed/shelf.tgz' },
  { specification: 'acme/shelf', saved: 'github:acme/shelf', source: 'acme/shelf' },
  { specification: 'shelf@npm:other@1', saved: 'npm:other@^1.0.0', source: 'shelf@npm:other@1' },
  {
    specification: 'https://user:key@acme.example/shelf.tgz?signature=x',
    saved: 'https://user:key@acme.example/shelf.tgz?signature=x',
    source: 'https://acme.example/shelf.tgz',
  },
])('of $specification the source is kept as $source', ({ specification, saved, source }) => {
  expect(sourceOf(specification, saved)).toBe(source)
})
