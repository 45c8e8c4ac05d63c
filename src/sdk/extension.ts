import type { StandardSchemaV1 } from '@standard-schema/spec'
import { callerFile } from './caller.ts'
import type { Log, Records } from './context.ts'
import type { Emits } from './emitter.ts'
import type { EventHandler } from './event.ts'
import type { BatchField } from './field.ts'
import type { Job } from './job.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Limits } from './limits.ts'
import type { Domain, RegistryFactories } from './module.ts'
import type { Permissions } from './permissions.ts'
import type { RemoteOptions } from './remote-options.ts'
import type { Routes } from './route.ts'
import type { Scope } from './scope.ts'

/** Fields on types that the extension does not own, by type and field. */
export type ForeignFields = {
  readonly [Entity in keyof Records]?: Readonly<Record<string, BatchField<Entity>>>
}

/**
 * Which columns of an extension's own tables keep ids of core records, as `Table.column`, and of which entity: one that
 * there is, or `Target` where records of several may stand.
 */
export type References = Readonly<Record<`${string}.${string}`, keyof Records | 'Target'>>

/** What an extension makes when it is set up, and gives back when it is left. */
export interface Running extends RegistryFactories {
  /** Throws, or answers false, when the extension cannot do its work at present. */
  readonly health?: () => boolean | Promise<boolean>
  readonly dispose?: () => void | Promise<void>
}

export interface SetupOptions<Settings = never, Secret extends string = never> {
  /** As an administrator set them, checked by the extension's own schema, defaults included. */
  readonly settings: Settings
  /** All that it asks for. They are never logged, shown or sent: keep it so. */
  readonly secrets: Readonly<Record<Secret, string>>
  readonly log: Log
  /** Aborted when what was set up is let go of: the gateway closes, or the extension is disabled or configured anew. */
  readonly signal: AbortSignal
}

/** A module from outside the core. */
export interface ExtensionOptions<Settings = never, Secret extends string = never> extends Domain {
  /** Unique, `^[a-z][a-z0-9-]{1,40}$`; `core` is taken. @default the name in its package.json, without scope and `extension-` */
  readonly name?: string
  /** Semver. @default the version in its package.json */
  readonly version?: string
  /** Outside this range of Trellis versions it is refused at start. @default any */
  readonly compatibility?: { readonly trellis?: string }
  /** Other extensions that it builds on, name to semver range. */
  readonly dependsOn?: Readonly<Record<string, string>>
  /** What its code may read and write of the core's records, within the viewer's rights. @default none */
  readonly scopes?: readonly Scope[]
  readonly fields?: ForeignFields
  /** Coordinates such as `Customer.score` that it takes over from their owner. */
  readonly overrides?: readonly string[]
  /**
   * Columns of its own tables that keep ids of core records: `{ 'Visit.customerId': 'Customer' }`. When records become
   * one they are set to the id that stays, in the same transaction and after `merges`. Table and column have to be
   * there after the migrations; where a unique index covers the column, `merges` has to join the rows first. @default none
   */
  readonly references?: References
  /** Who may ask for its fields and call its routes, beside administrators. @default nobody */
  readonly permissions?: Permissions
  /** Events that it tells others of, `<its name>.<what>`, and the schema of each one's payload. */
  readonly emits?: Emits
  /** What it hears of, by type, after the commit: the core's events, its own, and those of extensions that it depends on. */
  readonly events?: Readonly<Record<string, EventHandler>>
  /** Work beside requests, at times or when it is asked for, by name: small letters, digits and hyphens. */
  readonly jobs?: Readonly<Record<string, Job>>
  /** Addresses below `/extensions/<its name>`, such as `POST /callback`. */
  readonly routes?: Routes
  /** What it does when it is installed, upgraded, or about to be disabled. @default nothing */
  readonly lifecycle?: Lifecycle
  /** `optional`: when it fails at start it is quarantined and the core serves; `required`: no start. @default 'optional' */
  readonly startup?: 'optional' | 'required'
  /** What its calls are held to. */
  readonly limits?: Limits
  /**
   * `process`: it runs in a process of its own, so that what blocks, exhausts memory or exits there costs its own fields only.
   * Its effects, its merges and its `lifecycle` stay with the gateway. @default 'none'
   */
  readonly isolation?: 'none' | 'process'
  /** Where it is, when it is a service elsewhere; made by `remoteExtension`. */
  readonly remote?: RemoteOptions
  /**
   * What an administrator may set, an object, as a Standard Schema (https://standardschema.dev), which zod, valibot and
   * others implement; one that knows its JSON Schema, as zod's do, is shown to administrators. Where its defaults are not enough, the extension waits until it is
   * configured: its fields answer null. @default none
   */
  readonly settings?: StandardSchemaV1<unknown, Settings>
  /** Names of what has to be kept secret, such as `apiKey`, `^[a-z][a-zA-Z0-9]{0,39}$`; all are needed. @default none */
  readonly secrets?: readonly Secret[]
  /** Called before it answers for the first time, and anew with other settings or secrets. */
  readonly setup?: (options: SetupOptions<Settings, Secret>) => Running | Promise<Running> | undefined
}

export interface Extension extends Omit<ExtensionOptions, 'settings' | 'secrets' | 'setup'> {
  readonly settings?: StandardSchemaV1
  readonly secrets?: readonly string[]
  /** Of which type its settings are, only its author knows. */
  readonly setup?: (options: never) => Running | Promise<Running> | undefined
  /** The file that called `defineExtension`, absolute; messages name it. */
  readonly file: string
  /** What it is in the process that does its work, where the gateway has only a stand-in. */
  readonly original?: Extension
}

/** Declares an extension. Checked when it is composed with the others, all problems at once. */
export const defineExtension = <Settings = never, const Secret extends string = never>(
  options: ExtensionOptions<Settings, Secret>,
): Extension => ({
  ...options,
  file: callerFile(defineExtension),
})
