import { afterAll, beforeAll, expect, test } from 'vitest'
import { extensions as installed } from '../../extensions/index.ts'
import { assertGenerated, worldOf } from './assert-generated.ts'
import { trouble } from './fixtures/trouble/index.ts'
import { createGateways, type Gateways } from './gateways.ts'
import { generateMutation } from './generator/operation.ts'
import type { World } from './generator/world.ts'

let gateways: Gateways
let world: World
beforeAll(async () => {
  gateways = await createGateways([...installed, trouble])
  world = await worldOf(gateways, gateways.fast.trellis.schema)
})
afterAll(() => gateways[Symbol.asyncDispose]())

test('what a mutation has changed is read alike on all ways, before it is taken back', async () => {
  const range = [0, 100] as const
  const sound = await assertGenerated({
    gateways,
    world,
    generate: generateMutation,
    seed: 'mutation',
    range,
  })
  expect(sound).toBeGreaterThan(50)
})
