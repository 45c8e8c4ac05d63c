import { commonColumns } from '../common-columns.ts'
import type { Column, EntityDefinition } from '../definition.ts'
import { wordsOf } from '../naming.ts'
import { isDated, rangeColumns } from './columns.ts'
import { block } from './sdl.ts'

/** Of entities that have no numbers and dates of their own, as many have not. */
const common = 'EntityExtremes'

const hasOwn = (entity: EntityDefinition): boolean =>
  rangeColumns(entity).some(column => !commonColumns.includes(column))

/** The type of an entity's least and greatest values. With `Filter` behind it, that of conditions on them. */
export const extremesType = (entity: EntityDefinition): string =>
  hasOwn(entity) ? `${entity.name}Extremes` : common

const typesOf = (name: string, words: string, columns: readonly Column[]): string =>
  [
    block(
      `type ${name}`,
      `The least or greatest values of ${words}.`,
      columns.map(({ name: field, type, description }) => ({ name: field, rest: `: ${type}`, description })),
    ),
    block(
      `input ${name}Filter`,
      `Conditions on the least or greatest values of ${words}; all of them hold.`,
      columns.map(({ name: field, type, description }) => ({
        name: field,
        rest: `: ${type}Filter`,
        description,
      })),
    ),
  ].join('\n')

/** Nothing where the common ones do. */
export const extremesTypes = (entity: EntityDefinition): string =>
  hasOwn(entity) ? typesOf(`${entity.name}Extremes`, wordsOf(entity.plural), rangeColumns(entity)) : ''

/** What entities without numbers and dates of their own share. */
export const commonExtremes = (): string =>
  typesOf(common, 'records that have no numbers and dates of their own', commonColumns.filter(isDated))
