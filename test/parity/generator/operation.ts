import { createRandom } from '../../../prisma/seed/random.ts'
import { type Fragment, type Selecting, selectionSet } from './selection.ts'
import { createVariables } from './variables.ts'
import type { World } from './world.ts'

/** A query as a client sends it. */
export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** A valid query on the world's schema that follows from its seed: the same seed, the same operation. */
export function generateOperation(world: World, seed: string): Operation {
  const random = createRandom(seed)
  const variables = createVariables(random)
  const selecting: Selecting = {
    random,
    world,
    variables,
    variableShare: random.pick([0, 0.05, 0.3]),
    textsAsVariables: random.chance(0.6),
    fragments: [],
    plain: random.chance(0.6),
    room: { fields: random.integer(3, 16) },
  }
  const root = world.schema.getQueryType()
  if (!root) throw new Error('The schema has no queries.')
  const selection = selectionSet(root, new Map(), random.integer(1, 4), selecting)
  const body = withFragments(selection, selecting.fragments)
  const { declared, given } = variables.of(body)
  return { query: `query${declared} ${body}`, variables: given }
}

/** The selection with the fragments that it leads to: some were made and came to stand nowhere. */
function withFragments(selection: string, fragments: readonly Fragment[]): string {
  const found = new Set([selection])
  for (const text of found)
    for (const { name, text: fragment } of fragments)
      if (new RegExp(`\\.\\.\\.${name}\\b`).test(text)) found.add(fragment)
  return [...found].join('\n')
}
