import { defineExtension } from '@trellis/sdk'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { problemsOfAll } from './fixtures/extension.ts'

const manifest = { name: 'acme', version: '1.0.0' }

// Its place in this file is what the tests below expect.
const inline = `
  scalar Tier
`

const placeOf = (typeDefs: Parameters<typeof defineExtension>[0]['typeDefs']): string | undefined =>
  problemsOfAll([defineExtension({ ...manifest, typeDefs })])
    .find(({ code }) => code === 'TYPE_NAME_PREFIX')
    ?.message.match(/\((.*)\)/)?.[1]

test('SDL that stands in a TypeScript file is named by its line there', () => {
  expect(placeOf(inline)).toBe('src/composition/places.test.ts:10:10')
})

test('so is a document that was parsed from it', () => {
  expect(placeOf(parse(inline))).toBe('src/composition/places.test.ts:10:10')
})

test('SDL that was put together counts from its own beginning, and says so', () => {
  expect(placeOf(['scalar', 'Tier'].join('\n\n'))).toMatch(/places\.test\.ts, typeDefs:3:1$/)
})

test('a document without places is named by the file', () => {
  expect(placeOf(parse(inline, { noLocation: true }))).toBe('src/composition/places.test.ts:1:1')
})

test('what is not in the SDL is named by the call of defineExtension', () => {
  const [problem] = problemsOfAll([defineExtension({ ...manifest, typeDefs: '', version: 'one' })])
  expect(problem?.extensions).toEqual([
    {
      name: 'acme',
      version: 'one',
      file: 'src/composition/places.test.ts',
      line: expect.any(Number),
      column: expect.any(Number),
    },
  ])
})

test('name and version come from the nearest package.json', () => {
  const [problem] = problemsOfAll([defineExtension({ typeDefs: 'scalar Tier' })])
  expect(problem?.extensions[0]).toMatchObject({ name: 'trellis' })
})
