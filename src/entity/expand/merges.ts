import type { Column, EntityDefinition } from '../definition.ts'
import { enumValueOf, wordsOf } from '../naming.ts'
import { groupName, inputColumns } from './columns.ts'
import { block, extension } from './sdl.ts'

/** What a record may take over from one that becomes part of it: what clients may change. */
export const mergeColumns = (entity: EntityDefinition): readonly Column[] => inputColumns(entity, 'update')

/** The name under which a field is taken over: `OWNER` for `ownerId`. */
export const mergeFieldOf = (column: Column): string => enumValueOf(groupName(column))

/** What `customerMerge` is asked with. */
export function mergeTypes(entity: EntityDefinition): string {
  const { name, plural, mergeable } = entity
  if (!mergeable) return ''
  const [words, many] = [wordsOf(name), wordsOf(plural)]
  return [
    block(
      `enum ${name}MergeField`,
      `What a ${words} may take over from another one that becomes part of it.`,
      mergeColumns(entity).map(column => ({ name: mergeFieldOf(column), description: column.description })),
    ),
    block(`input ${name}MergeTake`, `Which of several ${many} a field comes from.`, [
      { name: 'field', rest: `: ${name}MergeField!`, description: 'The field.' },
      {
        name: 'from',
        rest: ': ID!',
        description: `The ${words} whose value it gets: one of \`mergedIds\`, or \`id\` to keep its own.`,
      },
    ]),
    block(`input ${name}MergeInput`, `Which ${many} become one.`, [
      { name: 'id', rest: ': ID!', description: `The ${words} that stays.` },
      {
        name: 'mergedIds',
        rest: ': [ID!]!',
        description: `The ${many} that become part of it, 1 to 20. Their ids lead to it from then on.`,
      },
      {
        name: 'take',
        rest: `: [${name}MergeTake!]`,
        description:
          'Fields that come from one of the others; blank ones are filled from them in their order anyway.',
      },
      {
        name: 'expectedVersion',
        rest: ': Int',
        description: `Refuse when the ${words} that stays has another version by now.`,
      },
    ]),
  ].join('\n')
}

/** `customerMerge`. */
export function mergeFields({ name, singular, plural, mergeable }: EntityDefinition): string {
  if (!mergeable) return ''
  return extension('type Mutation', [
    {
      name: `${singular}Merge`,
      rest: `("Which ones." input: ${name}MergeInput!): ${name}Payload`,
      description: `Makes several ${wordsOf(plural)} one: what points to the others points to the one that stays, and so do their ids.`,
    },
  ])
}
