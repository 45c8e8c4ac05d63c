import { buildASTSchema } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extensions as installed } from '../../extensions/index.ts'
import { createCore } from '../../src/start/core.ts'
import { assertGenerated, worldOf } from './assert-generated.ts'
import { createGateways, type Gateways } from './gateways.ts'
import { generateQuery } from './generator/operation.ts'
import type { World } from './generator/world.ts'

const { core } = createCore()
const coreSchema = buildASTSchema(core.document)

let gateways: Gateways
let world: World
beforeAll(async () => {
  gateways = await createGateways(installed)
  world = await worldOf(gateways, coreSchema)
})
afterAll(() => gateways[Symbol.asyncDispose]())

const ranges = Array.from({ length: 5 }, (_, index): [number, number] => [index * 100, (index + 1) * 100])
let sound = 0

test.each(ranges)('operations on the core, %i to %i, are answered alike on all ways', async (...range) => {
  sound += await assertGenerated({ gateways, world, generate: generateQuery, seed: 'core', range })
})

test('all ways were taken, and most operations have answers', () => {
  const { taken } = gateways
  const [answered, compiled, interpreted] = [taken('answered'), taken('compiled'), taken('interpreted')]
  // Of three executions the first is always interpreted.
  const all = answered + compiled + interpreted
  expect(answered / all).toBeGreaterThan(0.2)
  expect(compiled / all).toBeGreaterThan(0.05)
  expect((answered + compiled) / all).toBeGreaterThan(0.3)
  expect(sound / ranges.length).toBeGreaterThan(50)
})
