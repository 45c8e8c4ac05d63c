import type { Measure } from '@trellis/sdk'
import type { GraphQLResolveInfo } from 'graphql'
import { selectedFields } from '../../lib/selected-fields.ts'
import { columnBehind, type EntityDefinition } from '../definition.ts'
import { measures } from '../sql/aggregate/measures.ts'

/** Which figures an `aggregate` selection asks for, so that the statement computes these and no others. */
export function selectedMeasures(
  entity: EntityDefinition,
  info: GraphQLResolveInfo,
): Partial<Record<Measure, readonly string[]>> {
  const figures = selectedFields(info.fieldNodes, info)
  return Object.fromEntries(
    measures.map(measure => {
      const nodes = figures.filter(({ name }) => name.value === measure)
      const columns = selectedFields(nodes, info).map(({ name }) => columnBehind(entity, name.value).name)
      return [measure, [...new Set(columns)]]
    }),
  )
}
