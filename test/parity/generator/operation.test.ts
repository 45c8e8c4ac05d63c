import {
  type GraphQLInputType,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { expect, test } from 'vitest'
import { composeInstalled } from '../../../src/start/composed-schema.ts'
import { generateQuery } from './operation.ts'
import { overlappingTypes, type World } from './world.ts'

const { schema } = composeInstalled()

/** As it would be read from a database with one record of each kind. */
const types = Object.values(schema.getTypeMap()).filter(isObjectType)
const world: World = {
  schema,
  ids: new Map(types.map(({ name }) => [name, [`${name} 1`]])),
  orders: new Map(types.map(({ name }) => [name, [{ orderBy: '[{ field: ID }]', cursors: ['a cursor'] }]])),
  texts: ['a "text"'],
  overlapping: overlappingTypes(schema),
}
const operations = Array.from({ length: 1500 }, (_, index) => generateQuery(world, `test ${index}`))
const documents = operations.map(({ query }) => parse(query))

/** Figures are alike for all kinds of records. */
const shapeOf = (name: string): string =>
  name.replace(/^.+(?=(?:Aggregate|Group|Totals|Extremes|Counts)$)/, '')

test('the same seed makes the same operation', () => {
  expect(generateQuery(world, 'test 7')).toEqual(operations[7])
  expect(new Set(operations.map(({ query }) => query)).size).toBeGreaterThan(1400)
})

test('every operation is valid', () => {
  for (const document of documents) expect(validate(schema, document)).toEqual([])
})

test('every query, every kind of record and every operator is asked for', () => {
  const queries = new Set<string>()
  const records = new Set<string>()
  const inputs = new Set<string>()
  const info = new TypeInfo(schema)
  for (const document of documents)
    visit(
      document,
      visitWithTypeInfo(info, {
        Field({ name }) {
          if (info.getParentType() === schema.getQueryType()) queries.add(name.value)
          records.add(shapeOf(getNamedType(info.getType())?.name ?? ''))
        },
        ObjectField: ({ name }) => void inputs.add(name.value),
      }),
    )
  expect([...queries]).toEqual(expect.arrayContaining(Object.keys(schema.getQueryType()?.getFields() ?? {})))
  // Those of two gateways differ, so that they are not compared.
  const isMeasured = (name: string): boolean =>
    /^Extension(?:Figures|FieldFigures|Calls|Measurement|Latency)$/.test(name)
  // Asked of extensions that have any, or answered by mutations only.
  const isOfExtensions = (name: string): boolean =>
    /^Extension(?:Event|Job|Plan|Remote(?:Breaker|Merge|Permission)|SchemaChange)/.test(name)
  const answered = types
    .filter(({ name }) => !isMeasured(name) && !isOfExtensions(name))
    .filter(({ name }) => !/^_|Payload$|Result$|^(?:Query|Mutation|UserError)/.test(name))
    .map(({ name }) => shapeOf(name))
  expect(answered.filter(name => !records.has(name))).toEqual([])
  const operators =
    'eq ne in notIn lt lte gt gte contains startsWith endsWith isNull some every none and or not'
  expect(operators.split(' ').filter(name => !inputs.has(name))).toEqual([])
})

test('groups by records one to three references away, and conditions on every figure, are asked for', () => {
  const distances = new Set<number>()
  const figures = new Set<string>()
  const info = new TypeInfo(schema)
  const nameOf = (type: GraphQLInputType | null | undefined): string => (type ? getNamedType(type).name : '')
  let distance = 0
  for (const document of documents)
    visit(
      document,
      visitWithTypeInfo(info, {
        ObjectField: {
          enter({ name }) {
            if (nameOf(info.getParentInputType()).endsWith('Having')) figures.add(name.value)
            if (nameOf(info.getInputType()).endsWith('GroupBy')) distance += 1
            if (name.value === 'field') distances.add(distance)
          },
          leave() {
            if (nameOf(info.getInputType()).endsWith('GroupBy')) distance -= 1
          },
        },
      }),
    )
  expect([...distances]).toEqual(expect.arrayContaining([0, 1, 2, 3]))
  expect(figures).toEqual(new Set(['count', 'sum', 'avg', 'min', 'max', 'countDistinct', 'countValues']))
})

test('documents have whatever a document can have', () => {
  const kinds = new Set<string>()
  for (const document of documents) visit(document, { enter: ({ kind }) => void kinds.add(kind) })
  expect([...kinds]).toEqual(
    expect.arrayContaining<string>([
      ...[Kind.FRAGMENT_DEFINITION, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT, Kind.DIRECTIVE],
      ...[Kind.VARIABLE, Kind.LIST, Kind.OBJECT, Kind.ENUM, Kind.STRING, Kind.INT, Kind.FLOAT, Kind.BOOLEAN],
    ]),
  )
  const given = operations.flatMap(({ variables }) => Object.values(variables))
  expect(given).toContain(null)
  expect(
    operations.some(({ query, variables }) => /\$v1: [\w!]+[,)]/.test(query) && !('v1' in variables)),
  ).toBe(true)
})
