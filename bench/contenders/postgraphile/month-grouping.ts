import type {} from '@graphile/pg-aggregates'
import { TYPES } from 'postgraphile/@dataplan/pg'
import { sql } from 'postgraphile/pg-sql2'

/**
 * Groups by the month of an instant, in UTC. pg-aggregates has hour and day only and documents
 * how others are added.
 */
export const monthGrouping: GraphileConfig.Plugin = {
  name: 'MonthGroupingPlugin',
  version: '1.0.0',
  after: ['PgAggregatesSpecsPlugin'],
  schema: {
    hooks: {
      build: build => {
        if (!build.pgAggregateGroupBySpecs)
          throw new Error('MonthGroupingPlugin needs pg-aggregates before it.')
        build.pgAggregateGroupBySpecs.push({
          id: 'truncated-to-month',
          isSuitableType: codec => codec === TYPES.timestamptz,
          sqlWrap: fragment => sql`date_trunc('month', ${fragment} at time zone 'UTC')`,
          sqlWrapCodec: () => TYPES.timestamp,
        })
        return build
      },
    },
  },
}
