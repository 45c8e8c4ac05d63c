import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { extensionOf, problemsOfAll } from './fixtures/extension.ts'

/** The package brings two builds. Loading the other one is what a second installed copy amounts to. */
const path = createRequire(import.meta.url).resolve('graphql/index.mjs')
const otherCopy: typeof import('graphql') = await import(/* @vite-ignore */ pathToFileURL(path).href)

const codesOf = (...extension: Parameters<typeof extensionOf>): readonly string[] =>
  problemsOfAll([extensionOf(...extension)])
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)

test('a scalar made by another copy of graphql is named as such', () => {
  const AcmeCode = new otherCopy.GraphQLScalarType({ name: 'AcmeCode' })
  expect(codesOf('acme', 'scalar AcmeCode', { resolvers: { AcmeCode } })).toEqual(['GRAPHQL_DUPLICATED'])
})

test('so is a document parsed by another copy', () => {
  const typeDefs = otherCopy.parse('scalar AcmeCode')
  expect(codesOf('acme', '', { typeDefs })).toEqual(['GRAPHQL_DUPLICATED'])
})

test('a document of our copy, or of none, is fine', () => {
  expect(codesOf('acme', '', { typeDefs: parse('scalar AcmeCode') })).toEqual([])
  expect(codesOf('acme', '', { typeDefs: JSON.parse(JSON.stringify(parse('scalar AcmeCode'))) })).toEqual([])
})
