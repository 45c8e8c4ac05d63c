import type { Column, EntityDefinition } from '../definition.ts'
import { wordsOf } from '../naming.ts'
import {
  filterColumns,
  groupColumns,
  groupName,
  isDated,
  numericColumns,
  references,
  relatedGroupName,
} from './columns.ts'
import { extremesType } from './extremes.ts'
import { block, type Item } from './sdl.ts'

function groupItem(column: Column): Item {
  const { description, reference, type } = column
  const rest = reference ? `: ${reference.target}` : `: ${isDated(column) ? 'Date' : type}`
  return {
    name: groupName(column),
    rest,
    description: isDated(column) ? `${description} The first day of the bucket.` : description,
  }
}

/** What `aggregate` of a connection answers. */
export function aggregateTypes(entity: EntityDefinition): string {
  const { name, plural } = entity
  const words = wordsOf(plural)
  const numbers = numericColumns(entity)
  const totals = numbers.map(column => ({
    name: column.name,
    rest: ': Decimal',
    description: column.description,
  }))
  const related = references(entity).map(({ field, target, description }) => ({
    name: relatedGroupName(field),
    rest: `: ${target}Group`,
    description: `The fields of this ${wordsOf(target)} that the group was made by; \`null\` in them where there is none that the viewer may read. ${description}`,
  }))
  const measures: Item[] =
    numbers.length > 0
      ? [
          {
            name: 'sum',
            rest: `: ${name}Totals!`,
            description: 'Added up; `null` where no record has a value.',
          },
          {
            name: 'avg',
            rest: `: ${name}Totals!`,
            description: 'The mean, to 4 places; `null` where no record has a value.',
          },
        ]
      : []
  return [
    ...(numbers.length > 0 ? [block(`type ${name}Totals`, `Figures over numbers of ${words}.`, totals)] : []),
    block(
      `type ${name}Counts`,
      `Counts over fields of ${words}.`,
      filterColumns(entity).map(column => ({
        name: groupName(column),
        rest: ': Int!',
        description: column.description,
      })),
    ),
    block(
      `type ${name}Group`,
      `What the ${words} of a group have in common; fields that were not grouped by are \`null\`.`,
      [...groupColumns(entity).map(groupItem), ...related],
    ),
    block(`type ${name}Aggregate`, `Figures over a group of ${words}.`, [
      { name: 'group', rest: `: ${name}Group!`, description: 'What they have in common.' },
      { name: 'count', rest: ': Int!', description: 'How many there are.' },
      ...measures,
      {
        name: 'min',
        rest: `: ${extremesType(entity)}!`,
        description: 'The least; `null` where no record has a value.',
      },
      {
        name: 'max',
        rest: `: ${extremesType(entity)}!`,
        description: 'The greatest; `null` where no record has a value.',
      },
      {
        name: 'countDistinct',
        rest: `: ${name}Counts!`,
        description: 'How many different values there are.',
      },
      {
        name: 'countValues',
        rest: `: ${name}Counts!`,
        description: 'How many records have a value.',
      },
    ]),
  ].join('\n')
}
