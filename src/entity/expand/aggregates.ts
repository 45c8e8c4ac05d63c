import type { Column, EntityDefinition } from '../definition.ts'
import { enumValueOf, wordsOf } from '../naming.ts'
import { filterColumns, groupColumns, groupName, numericColumns, rangeColumns } from './columns.ts'
import { block, type Item } from './sdl.ts'

const isDate = ({ type }: Column): boolean => type === 'Date' || type === 'DateTime'

function groupItem(column: Column): Item {
  const { description, reference, type } = column
  const rest = reference ? `: ${reference.target}` : `: ${isDate(column) ? 'Date' : type}`
  return {
    name: groupName(column),
    rest,
    description: isDate(column) ? `${description} The first day of the bucket.` : description,
  }
}

/** What `aggregate` of a connection is asked with and answers. */
export function aggregateTypes(entity: EntityDefinition): string {
  const { name, plural } = entity
  const words = wordsOf(plural)
  const numbers = numericColumns(entity)
  const ranges = rangeColumns(entity)
  const totals = numbers.map(column => ({
    name: column.name,
    rest: ': Decimal',
    description: column.description,
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
      `type ${name}Extremes`,
      `The least or greatest values of ${words}.`,
      ranges.map(({ name: field, type, description }) => ({ name: field, rest: `: ${type}`, description })),
    ),
    block(
      `type ${name}DistinctCounts`,
      `How many different values ${words} have.`,
      filterColumns(entity).map(column => ({
        name: groupName(column),
        rest: ': Int!',
        description: column.description,
      })),
    ),
    block(
      `type ${name}Group`,
      `What the ${words} of a group have in common; fields that were not grouped by are \`null\`.`,
      groupColumns(entity).map(groupItem),
    ),
    block(`type ${name}Aggregate`, `Figures over a group of ${words}.`, [
      { name: 'group', rest: `: ${name}Group!`, description: 'What they have in common.' },
      { name: 'count', rest: ': Int!', description: 'How many there are.' },
      ...measures,
      {
        name: 'min',
        rest: `: ${name}Extremes!`,
        description: 'The least; `null` where no record has a value.',
      },
      {
        name: 'max',
        rest: `: ${name}Extremes!`,
        description: 'The greatest; `null` where no record has a value.',
      },
      {
        name: 'countDistinct',
        rest: `: ${name}DistinctCounts!`,
        description: 'How many different values there are.',
      },
    ]),
    block(
      `enum ${name}GroupField`,
      `What ${words} can be grouped by.`,
      groupColumns(entity).map(column => ({
        name: enumValueOf(groupName(column)),
        description: column.description,
      })),
    ),
    block(`input ${name}GroupBy`, `How ${words} are grouped.`, [
      { name: 'field', rest: `: ${name}GroupField!`, description: 'By what.' },
      {
        name: 'bucket',
        rest: ': DateBucket',
        description: 'For dates and instants: what a group spans; a day unless given.',
      },
      {
        name: 'timeZone',
        rest: ': String! = "UTC"',
        description: 'For instants: the IANA time zone whose days count, such as `Asia/Shanghai`.',
      },
    ]),
    block(
      `enum ${name}AggregateField`,
      `What groups of ${words} can be sorted by.`,
      ranges.map(({ name: field, description }) => ({ name: enumValueOf(field), description })),
    ),
    block(`input ${name}AggregateOrder`, `How groups of ${words} are sorted.`, [
      { name: 'by', rest: ': AggregateOrderBy!', description: 'By which figure.' },
      {
        name: 'field',
        rest: `: ${name}AggregateField`,
        description: 'Of which field; for all but COUNT and GROUP.',
      },
      { name: 'direction', rest: ': OrderDirection! = ASC', description: 'Which way.' },
    ]),
  ].join('\n')
}
