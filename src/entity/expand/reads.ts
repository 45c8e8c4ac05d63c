import type { EntityDefinition } from '../definition.ts'
import { upperFirst, withArticle, wordsOf } from '../naming.ts'
import { listParameters } from './lists.ts'
import { extension } from './sdl.ts'

/** `customersByIds`: the lookup by keys that stitching merges through, too. */
export const byIdsField = (entity: EntityDefinition): string => `${entity.plural}ByIds`

/** The queries that every entity has. */
export const readFields = (entity: EntityDefinition): string => {
  const { name, singular, plural } = entity
  return extension('type Query', [
    {
      name: singular,
      rest: `("Its TypeID, such as \`${entity.idPrefix}_01h2xcejqtf2nbrexx3vqjhp41\`." id: ID!): ${name}`,
      description: `${upperFirst(withArticle(wordsOf(name)))} by its id, deleted or not; \`null\` when there is none that the viewer may see.`,
    },
    {
      name: byIdsField(entity),
      rest: `("Up to 1,000 TypeIDs." ids: [ID!]!): [${name}]!`,
      description: `${upperFirst(wordsOf(plural))} by their ids, in the order of the ids; \`null\` for those that there are not.`,
    },
    {
      name: plural,
      rest: `${listParameters(entity)}: ${name}Connection!`,
      description: `${upperFirst(wordsOf(plural))}, page by page.`,
    },
  ])
}
