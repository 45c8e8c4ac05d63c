import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { compileOperation } from '../../src/gateway/compiled/compile-operation.ts'
import { interpretOperation } from '../../src/gateway/compiled/interpret-operation.ts'
import { generateQuery } from '../parity/generator/operation.ts'
import { overlappingTypes, type World } from '../parity/generator/world.ts'
import { local, remote, visible } from './fixtures/schemas.ts'

const world: World = {
  schema: local,
  ids: new Map([['Customer', Array.from({ length: 100 }, (_, index) => `cus_${index}`)]]),
  orders: new Map(),
  texts: ['a text', 'none'],
  overlapping: overlappingTypes(local),
}
let compilations = 0
let answers = 0

test.each(Array.from({ length: 10 }, (_, index) => index * 60))(
  'generated operations are answered alike from elsewhere, from %i on',
  async start => {
    for (let index = start; index < start + 60; index += 1) {
      const { query, variables } = generateQuery(world, `remote ${index}`)
      const document = parse(query)
      if (validate(local, document).length > 0) continue
      expect(validate(remote, document)).toEqual([])
      const argsOf = (schema: typeof local) => ({
        schema,
        document,
        variableValues: variables,
        contextValue: {},
      })
      const expected = visible(await interpretOperation(argsOf(local)))
      // A condition that is null is found out where it stands, which is elsewhere.
      if (expected.errors.some(({ message }) => message.endsWith('must not be null.'))) continue
      expect({ query, ...visible(await interpretOperation(argsOf(remote))) }).toEqual({ query, ...expected })
      if (expected.errors.length === 0) answers += 1
      const compiled = compileOperation(remote, document, null)
      if (!compiled) continue
      compilations += 1
      expect({ query, ...visible(await compiled(argsOf(remote))) }).toEqual({ query, ...expected })
    }
  },
)

test('most of them have answers, and many were compiled', () => {
  expect(answers).toBeGreaterThan(200)
  expect(compilations).toBeGreaterThan(50)
})
