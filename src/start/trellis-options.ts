import type { Extension, Storage } from '@trellis/sdk'
import type { Logger } from 'pino'
import type { JobRhythm } from '../background/index.ts'
import type { Config, ConfiguredKey } from '../config/index.ts'
import type { ConnectionParts } from '../database/connection.ts'
import type { Database } from '../database/database.ts'
import type { StatementObserver } from '../database/prepared-client.ts'
import type { ContextOptions } from '../gateway/context/index.ts'
import type { GatewayOptions } from '../gateway/create-gateway.ts'
import type { Authenticate } from '../gateway/plugins/use-identity.ts'
import type { Sealer } from '../lib/seal.ts'
import type { SchemaChecks } from '../remote/index.ts'
import type { Core } from './core.ts'
import type { IsolationOptions } from './isolate-extensions.ts'
import type { MakeGenerationOptions } from './make-generation.ts'

/** What a Trellis is put together with. */
export interface TrellisOptions {
  readonly config: GatewayOptions['config'] &
    Pick<Config, 'files' | 'attachments' | 'eventDays'> &
    Partial<Pick<Config, 'privateRemotes'>> & {
      readonly database: Pick<Config['database'], 'poolSize'>
    }
  readonly connection: ConnectionParts
  readonly extensions: readonly Extension[]
  /** Names of those whose tables may be of a newer version than their code, as after a roll back. @default none */
  readonly withNewerTables?: ReadonlySet<string>
  /** One that several gateways of a process share, which is checked with the same extensions once. @default its own */
  readonly core?: Core
  /** How remote extensions are called. @default over HTTP, at their addresses */
  readonly callOf?: NonNullable<MakeGenerationOptions['callOf']>
  readonly keys: readonly ConfiguredKey[]
  /** Who asks without a key on this machine, by e-mail; `null` where everybody needs one. */
  readonly developmentViewer: string | null
  readonly log: Logger
  /** Fills the database, and the core's stored files, once its tables are there. */
  readonly prepare?: (database: Database, storage: Storage) => Promise<void>
  /** @default the clock */
  readonly now?: () => Date
  /** Whether promises that are broken by and by are noticed; tests do without, or notice them when they like. @default true */
  readonly watchesPromises?: boolean
  /** What secrets of extensions are sealed with. @default nothing, and none can be set */
  readonly sealer?: Sealer | null
  /** How often it is looked whether an administrator decided something about extensions, in ms; `null` for when `follow` is called. @default 1000 */
  readonly followsEveryMs?: number | null
  /** Whose promises that are rejected unheard are contained; tests hear of them otherwise. @default nobody's */
  readonly process?: Pick<NodeJS.Process, 'on' | 'off'>
  /** How long to wait after each failure of an event's handler, in milliseconds. @default eight times over about a day */
  readonly retryDelaysMs?: readonly number[]
  /** Which extensions run elsewhere. @default those in processes of their own that ask for it */
  readonly isolation?: IsolationOptions
  /** For a Trellis that answers for one extension: what it is asked with, in the place of keys and headers. @default none */
  readonly part?: {
    readonly authenticate: Authenticate
    readonly idempotentOf: NonNullable<ContextOptions['idempotentOf']>
  }
  /** How often it is looked for jobs that are due. @default every few seconds */
  readonly jobRhythm?: JobRhythm
  /** How often services elsewhere are asked whether they are what they are pinned to; `null` for never. @default every five minutes */
  readonly schemaChecks?: SchemaChecks | null
  /** Told of every SQL statement, for tests that count them. */
  readonly observe?: StatementObserver
  /** `interpreted`: by graphql-js and loaders alone. @default 'compiled' */
  readonly execution?: NonNullable<GatewayOptions['execution']>
  /** Told how each operation is executed, for tests that compare the ways. */
  readonly onExecution?: NonNullable<GatewayOptions['onExecution']>
}
