import { afterAll, beforeAll, expect, test } from 'vitest'
import { extensions as installed } from '../../extensions/index.ts'
import { assertGenerated, worldOf } from './assert-generated.ts'
import { trouble } from './fixtures/trouble/index.ts'
import { createGateways, type Gateways } from './gateways.ts'
import { generateQuery } from './generator/operation.ts'
import type { World } from './generator/world.ts'

let gateways: Gateways
let world: World
beforeAll(async () => {
  gateways = await createGateways([...installed, trouble])
  world = await worldOf(gateways, gateways.fast.trellis.schema)
})
afterAll(() => gateways[Symbol.asyncDispose]())

const ranges = Array.from({ length: 5 }, (_, index): [number, number] => [index * 100, (index + 1) * 100])
let sound = 0

test.each(ranges)(
  'operations on the core and extensions, %i to %i, are answered alike on all ways',
  async (...range) => {
    sound += await assertGenerated({ gateways, world, generate: generateQuery, seed: 'extended', range })
  },
)

test('all ways were taken, and most operations have answers', () => {
  const { taken } = gateways
  const [answered, compiled, interpreted] = [taken('answered'), taken('compiled'), taken('interpreted')]
  // Of three executions the first is always interpreted.
  const all = answered + compiled + interpreted
  expect(answered / all).toBeGreaterThan(0.1)
  expect(compiled / all).toBeGreaterThan(0.05)
  expect((answered + compiled) / all).toBeGreaterThan(0.25)
  expect(sound / ranges.length).toBeGreaterThan(50)
})
