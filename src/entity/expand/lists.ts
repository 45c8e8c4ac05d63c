import type { EntityDefinition } from '../definition.ts'
import { enumValueOf, upperFirst, withArticle, wordsOf } from '../naming.ts'
import { filterColumns, orderColumns, references } from './columns.ts'
import { block, type Item, parameters } from './sdl.ts'

/** The arguments of every list of this entity. */
export const listParameters = (entity: EntityDefinition): string => {
  const { name, search } = entity
  const items: Item[] = [
    {
      name: 'first',
      rest: ': Int',
      description: 'How many from the start, 1 to 100; 20 unless `last` is given.',
    },
    { name: 'after', rest: ': String', description: 'The cursor that the page starts after.' },
    {
      name: 'last',
      rest: ': Int',
      description: 'How many from the end, 1 to 100; not together with `first`.',
    },
    { name: 'before', rest: ': String', description: 'The cursor that the page ends before.' },
    { name: 'filter', rest: `: ${name}Filter`, description: 'Which records.' },
    {
      name: 'orderBy',
      rest: `: [${name}Order!]`,
      description: 'In which order; the newest first unless given. 5 at most.',
    },
  ]
  if (search.length > 0)
    items.push({
      name: 'search',
      rest: ': String',
      description: `Words that have to occur in ${search.join(' or ')}, each of them, in any case.`,
    })
  items.push({
    name: 'deleted',
    rest: ': DeletedRecords = EXCLUDE',
    description: 'Whether deleted records are shown.',
  })
  return parameters(items)
}

/** The filter by a record's identities in other systems. */
export const externalReferenceField = 'externalReference'

function filterItems(entity: EntityDefinition): readonly Item[] {
  const filter = `${entity.name}Filter`
  const columns = filterColumns(entity)
  return [
    { name: 'and', rest: `: [${filter}!]`, description: 'All of these hold.' },
    { name: 'or', rest: `: [${filter}!]`, description: 'One of these holds, or more.' },
    { name: 'not', rest: `: ${filter}`, description: 'This does not hold.' },
    ...columns.map(({ name, type, description }) => ({ name, rest: `: ${type}Filter`, description })),
    {
      name: externalReferenceField,
      rest: ': ExternalReferenceFilter',
      description: 'One of its identities in other systems fits.',
    },
    ...references(entity).map(({ field, target, description }) => ({
      name: field,
      rest: `: ${target}Filter`,
      description,
    })),
    ...[...entity.collections.values()].map(({ field, target, description }) => ({
      name: field,
      rest: `: ${target}ListFilter`,
      description,
    })),
  ]
}

/** Filters, orders, edges and the connection of an entity. */
export function listTypes(entity: EntityDefinition): string {
  const { name, plural } = entity
  const words = wordsOf(name)
  return [
    block(
      `input ${name}Filter`,
      `Conditions on ${withArticle(words)}; all of them hold.`,
      filterItems(entity),
    ),
    block(`input ${name}ListFilter`, `Conditions on a list of ${wordsOf(plural)}; all of them hold.`, [
      { name: 'some', rest: `: ${name}Filter`, description: 'At least one fits.' },
      { name: 'every', rest: `: ${name}Filter`, description: 'There is none that does not fit.' },
      { name: 'none', rest: `: ${name}Filter`, description: 'None fits.' },
    ]),
    block(
      `enum ${name}OrderField`,
      `What ${wordsOf(plural)} can be sorted by.`,
      orderColumns(entity).map(column => ({
        name: enumValueOf(column.name),
        description: column.description,
      })),
    ),
    block(`input ${name}Order`, `How ${wordsOf(plural)} are sorted.`, [
      { name: 'field', rest: `: ${name}OrderField!`, description: 'By what.' },
      { name: 'direction', rest: ': OrderDirection! = ASC', description: 'Which way.' },
      { name: 'nulls', rest: ': NullsOrder! = LAST', description: 'Where records without a value stand.' },
    ]),
    block(`type ${name}Edge`, `${upperFirst(withArticle(words))} in its list.`, [
      { name: 'cursor', rest: ': String!', description: 'Its place in the list, for `after` and `before`.' },
      { name: 'node', rest: `: ${name}!`, description: 'The record.' },
    ]),
    block(`type ${name}Connection`, `A page of ${wordsOf(plural)}, and what is true of all of them.`, [
      { name: 'nodes', rest: `: [${name}!]!`, description: 'The records of the page.' },
      {
        name: 'edges',
        rest: `: [${name}Edge!]!`,
        description: 'The records of the page with their cursors.',
      },
      { name: 'pageInfo', rest: ': PageInfo!', description: 'Where the page stands in its list.' },
      {
        name: 'totalCount',
        rest: ': Int!',
        description: 'How many records there are on all pages; counted only when it is selected.',
      },
      {
        name: 'aggregate',
        rest: `${parameters([
          {
            name: 'groupBy',
            rest: `: [${name}GroupBy!]`,
            description: 'What the groups have in common, up to 3; everything is one group unless given.',
          },
          {
            name: 'having',
            rest: `: ${name}Having`,
            description: 'Which groups, by their figures; all unless given.',
          },
          {
            name: 'orderBy',
            rest: `: [${name}AggregateOrder!]`,
            description: 'In which order, by up to 5 figures; that of `groupBy` unless given.',
          },
          { name: 'first', rest: ': Int = 100', description: 'How many groups, 1 to 1,000.' },
        ])}: [${name}Aggregate!]!`,
        description: 'Figures over the records of all pages, computed by the database in one statement.',
      },
    ]),
  ].join('\n')
}
