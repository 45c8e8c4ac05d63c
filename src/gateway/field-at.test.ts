import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { fieldsAt } from './field-at.ts'

const schema = buildSchema(`
  interface Being { name: String }
  type Person implements Being { name: String friends: [Being] owner: Person }
  type Robot implements Being { name: String model: Model }
  type Model { number: Int }
  union Any = Person | Robot
  type Query { being: Being any: Any people: [[Person]] }`)

const coordinates = (source: string, path: readonly (string | number)[]) =>
  fieldsAt({ schema, document: parse(source), operationName: null }, path).map(
    ({ type, field }) => `${type.name}.${field.name}`,
  )

test.each<[claim: string, source: string, path: (string | number)[], expected: string[]]>([
  [
    'lists and aliases',
    '{ all: people { who: name } }',
    ['all', 0, 1, 'who'],
    ['Query.people', 'Person.name'],
  ],
  [
    'fields of one key that are merged',
    '{ people { owner { name } owner { friends { name } } } }',
    ['people', 0, 0, 'owner', 'friends', 3, 'name'],
    ['Query.people', 'Person.owner', 'Person.friends', 'Being.name'],
  ],
  [
    'fragments on narrower types',
    '{ any { ... on Person { name } ...R } } fragment R on Robot { model { number } }',
    ['any', 'model', 'number'],
    ['Query.any', 'Robot.model', 'Model.number'],
  ],
  [
    'an inline fragment without a type',
    '{ being { ... { name } } }',
    ['being', 'name'],
    ['Query.being', 'Being.name'],
  ],
  ['what is not there', '{ being { name } }', ['being', 'nothing'], []],
])('finds its way through %s', (_, source, path, expected) => {
  expect(coordinates(source, path)).toEqual(expected)
})
