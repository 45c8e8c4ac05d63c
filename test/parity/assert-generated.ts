import type { GraphQLSchema } from 'graphql'
import { assertAnsweredAlike } from './assert-answered-alike.ts'
import { hardTexts } from './fixtures/texts.ts'
import type { Gateways } from './gateways.ts'
import type { Operation } from './generator/operation.ts'
import { readWorld, type World } from './generator/world.ts'

/** How many are under way at once: while one waits for the database, another one has the processor. */
const lanes = 3

/** One of so many is asked by the agent as well. */
const agentShare = 8

export interface GeneratedOptions {
  readonly gateways: Gateways
  readonly world: World
  readonly generate: (world: World, seed: string) => Operation
  /** What seeds begin with. */
  readonly seed: string
  /** The first index, and the one after the last. */
  readonly range: readonly [number, number]
}

/** The world of operations on this schema, in which the fixture's records are. */
export const worldOf = (gateways: Gateways, schema: GraphQLSchema): Promise<World> =>
  readWorld(gateways, schema, [...hardTexts, 'Plain 8', 'erp', 'K-1', 'EUR', 'industry 1', 'no such text'])

/**
 * Generates the operations of a range, checks each, and answers how many of them had no errors.
 *
 * @throws Error of `assertAnsweredAlike`
 */
export async function assertGenerated({
  gateways,
  world,
  generate,
  seed,
  range,
}: GeneratedOptions): Promise<number> {
  const [start, end] = range
  const indexes = Array.from({ length: end - start }, (_, index) => start + index).values()
  let sound = 0
  const lane = async (): Promise<void> => {
    for (const index of indexes) {
      const name = `${seed} ${index}`
      const operation = { name, ...generate(world, name) }
      const answer = await assertAnsweredAlike(gateways, operation, 'administrator')
      if (index % agentShare === 0) await assertAnsweredAlike(gateways, operation, 'agent')
      if (!answer.errors) sound += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return sound
}
