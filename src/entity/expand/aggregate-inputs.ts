import type { Column, EntityDefinition } from '../definition.ts'
import { enumValueOf, wordsOf } from '../naming.ts'
import { filterColumns, groupColumns, groupName, numericColumns, references } from './columns.ts'
import { extremesType } from './extremes.ts'
import { block, type Item } from './sdl.ts'

/** What `aggregate` of a connection is asked with. */
export const aggregateInputs = (entity: EntityDefinition): string =>
  [groupInputs(entity), havingInputs(entity), orderInput(entity)].join('\n')

function groupInputs(entity: EntityDefinition): string {
  const { name, plural } = entity
  const words = wordsOf(plural)
  const related = references(entity).map(({ field, target, description }) => ({
    name: field,
    rest: `: ${target}GroupBy`,
    description: `By a field of this ${wordsOf(target)}. ${description}`,
  }))
  return [
    // One enum for groups and their order: what is grouped by, and whose figures are sorted by, hardly differs.
    block(
      `enum ${name}GroupField`,
      `What ${words} can be grouped by, and their groups sorted by figures of.`,
      groupColumns(entity).map(column => ({
        name: enumValueOf(groupName(column)),
        description: column.description,
      })),
    ),
    block(
      `input ${name}GroupBy`,
      `How ${words} are grouped: by \`field\`, or by a field of one of the records that they refer to, up to 3 references away.`,
      [
        { name: 'field', rest: `: ${name}GroupField`, description: 'By a field of their own.' },
        {
          name: 'bucket',
          rest: ': DateBucket',
          description: 'Beside `field`, for dates and instants: what a group spans; a day unless given.',
        },
        {
          name: 'timeZone',
          rest: ': String',
          description:
            'Beside `field`, for instants: the IANA time zone whose days count, such as `Asia/Shanghai`; `UTC` unless given.',
        },
        ...related,
      ],
    ),
  ].join('\n')
}

const conditionOn = ({ name, type, description }: Column): Item => ({
  name,
  rest: `: ${type}Filter`,
  description,
})

function havingInputs(entity: EntityDefinition): string {
  const { name, plural } = entity
  const words = wordsOf(plural)
  const numbers = numericColumns(entity)
  const totals: Item[] =
    numbers.length > 0
      ? [
          { name: 'sum', rest: `: ${name}TotalsFilter`, description: 'Added up.' },
          { name: 'avg', rest: `: ${name}TotalsFilter`, description: 'The mean, to 4 places.' },
        ]
      : []
  return [
    ...(numbers.length > 0
      ? [
          block(
            `input ${name}TotalsFilter`,
            `Conditions on figures over numbers of ${words}; all of them hold.`,
            numbers.map(column => conditionOn({ ...column, type: 'Decimal' })),
          ),
        ]
      : []),
    block(
      `input ${name}CountsFilter`,
      `Conditions on counts over fields of ${words}; all of them hold.`,
      filterColumns(entity).map(column => conditionOn({ ...column, name: groupName(column), type: 'Int' })),
    ),
    block(`input ${name}Having`, `Conditions on groups of ${words}, by their figures; all of them hold.`, [
      { name: 'count', rest: ': IntFilter', description: 'How many there are.' },
      ...totals,
      { name: 'min', rest: `: ${extremesType(entity)}Filter`, description: 'The least.' },
      { name: 'max', rest: `: ${extremesType(entity)}Filter`, description: 'The greatest.' },
      {
        name: 'countDistinct',
        rest: `: ${name}CountsFilter`,
        description: 'How many different values there are.',
      },
      {
        name: 'countValues',
        rest: `: ${name}CountsFilter`,
        description: 'How many records have a value.',
      },
    ]),
  ].join('\n')
}

const orderInput = ({ name, plural }: EntityDefinition): string =>
  block(`input ${name}AggregateOrder`, `How groups of ${wordsOf(plural)} are sorted.`, [
    { name: 'by', rest: ': AggregateOrderBy!', description: 'By which figure.' },
    {
      name: 'field',
      rest: `: ${name}GroupField`,
      description: 'Of which field; for all but COUNT and GROUP.',
    },
    { name: 'direction', rest: ': OrderDirection! = ASC', description: 'Which way.' },
  ])
