import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine as Engine, SchemaContainer } from '@prisma/schema-engine-wasm'
import type { ConnectionParts } from '../../connection.ts'
import type { Migration } from '../migration-folder.ts'
import { createEngineAdapter } from './engine-adapter.ts'
import { engineError } from './engine-error.ts'
import { SchemaEngine } from './load-engine.ts'
import { createWholeTransaction } from './whole-transaction.ts'

/** What the engine gets to know. */
export interface EngineTask {
  /** The only database that it can reach, as its shadow database too. */
  readonly connection: ConnectionParts
  readonly postgresSchema: string
  readonly schemaFiles: SchemaContainer[]
  /** Where the migrations were read from, for its messages. */
  readonly directory: string
  readonly migrations: readonly Migration[]
  /** Whether all that is done is done in one transaction, taken back whole where something fails. @default false */
  readonly allOrNone?: boolean | undefined
}

/** Lets Prisma's schema engine work on one database, and closes all its connections afterwards. */
export async function runEngine<Result>(
  { connection, postgresSchema, schemaFiles, allOrNone = false }: EngineTask,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  await using closing = new AsyncDisposableStack()
  const transaction = createWholeTransaction()
  const connect = async () => {
    const adapter = await createEngineAdapter(connection, postgresSchema)
    closing.defer(() => adapter.dispose())
    return allOrNone ? transaction.begin(adapter) : adapter
  }
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect,
    connectToShadowDb: connect,
  })
  const datamodels = schemaFiles.map(({ path, content }): [string, string] => [path, content])
  try {
    using engine = await SchemaEngine.new({ datamodels }, () => undefined, factory)
    const result = await work(engine)
    await transaction.commit()
    return result
  } catch (error) {
    throw transaction.failure() ?? engineError(error, factory.errorRegistry)
  }
}
