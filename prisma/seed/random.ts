import { createHash } from 'node:crypto'

/** Numbers that look random and are the same every time. */
export interface Random {
  /** At least 0, below 1. */
  readonly fraction: () => number
  /** Both ends included. */
  readonly integer: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  /** @throws Error when there is nothing to pick from */
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** As `pick`, an item of twice the weight twice as often. */
  readonly pickWeighted: <Item>(items: readonly Item[], weightOf: (item: Item) => number) => Item
  /** Normally distributed with mean 0 and deviation 1. */
  readonly normal: () => number
  /** Numbers of its own for a part, so that what one part draws changes no other. */
  readonly fork: (name: string | number) => Random
}

/** Random numbers that follow from a text. */
export function createRandom(seed: string): Random {
  const next = smallFastCounter(createHash('sha256').update(seed).digest())
  const fraction = () => next() / 2 ** 32

  const pickWeighted = <Item>(items: readonly Item[], weightOf: (item: Item) => number): Item => {
    let rest = fraction() * items.reduce((sum, item) => sum + weightOf(item), 0)
    const found = items.find(item => {
      rest -= weightOf(item)
      return rest < 0
    })
    if (found === undefined) throw new Error('There is nothing to pick from, or all of it has no weight.')
    return found
  }

  return {
    fraction,
    integer: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    chance: probability => fraction() < probability,
    pick: items => pickWeighted(items, () => 1),
    pickWeighted,
    // Box and Muller, "A Note on the Generation of Random Normal Deviates" (1958).
    normal: () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction()),
    fork: name => createRandom(`${seed}/${name}`),
  }
}

/** Integers of 32 bits: sfc32 by Chris Doty-Humphrey (PractRand, public domain), seeded with twelve bytes. */
function smallFastCounter(seed: Buffer): () => number {
  let [a, b, c, counter] = [seed.readInt32LE(0), seed.readInt32LE(4), seed.readInt32LE(8), 1]
  const next = () => {
    const result = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return result >>> 0
  }
  // PractRand's own start: the first rounds still show the seed.
  for (let round = 0; round < 12; round++) next()
  return next
}
