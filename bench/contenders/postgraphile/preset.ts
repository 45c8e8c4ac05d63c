import { PgAggregatesPreset } from '@graphile/pg-aggregates'
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { aggregates } from './aggregates.ts'

const { DATABASE_URL, POOL_SIZE = '10' } = process.env

/** PostGraphile over Trellis's tables, as its documentation recommends for production. */
export const preset: GraphileConfig.Preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PgAggregatesPreset],
  plugins: [aggregates],
  // It hides conditions and orders that no index supports; `deletedAt` is such a condition.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({
      ...(DATABASE_URL !== undefined && { connectionString: DATABASE_URL }),
      schemas: ['public'],
      poolConfig: { max: Number(POOL_SIZE) },
      pubsub: false,
    }),
  ],
  gather: { installWatchFixtures: false },
  // Plain lists beside connections: nested lists need no cursors.
  schema: { defaultBehavior: 'connection list' },
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false, outputDataAsString: true },
}
