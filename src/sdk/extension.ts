import { callerFile } from './caller.ts'
import type { Log, Records } from './context.ts'
import type { Emits } from './emitter.ts'
import type { EventHandler } from './event.ts'
import type { BatchField } from './field.ts'
import type { Job } from './job.ts'
import type { Domain } from './module.ts'
import type { Routes } from './route.ts'

/** Fields on types that the extension does not own, by type and field. */
export type ForeignFields = {
  readonly [Entity in keyof Records]?: Readonly<Record<string, BatchField<Entity>>>
}

/** What an extension makes at start and gives back when it is left. */
export interface Running {
  /** Throws, or answers false, when the extension cannot do its work at present. */
  readonly health?: () => boolean | Promise<boolean>
  readonly dispose?: () => void | Promise<void>
}

export interface SetupOptions {
  readonly log: Log
  /** Aborted when the gateway closes. */
  readonly signal: AbortSignal
}

/** A module from outside the core. */
export interface ExtensionOptions extends Domain {
  /** Unique, `^[a-z][a-z0-9-]{1,40}$`; `core` is taken. @default the name in its package.json, without scope and `extension-` */
  readonly name?: string
  /** Semver. @default the version in its package.json */
  readonly version?: string
  /** Outside this range of Trellis versions it is refused at start. @default any */
  readonly compatibility?: { readonly trellis?: string }
  /** Other extensions that it builds on, name to semver range. */
  readonly dependsOn?: Readonly<Record<string, string>>
  readonly fields?: ForeignFields
  /** Coordinates such as `Customer.score` that it takes over from their owner. */
  readonly overrides?: readonly string[]
  /** Events that it tells others of, `<its name>.<what>`, and the schema of each one's payload. */
  readonly emits?: Emits
  /** What it hears of, by type, after the commit: the core's events, its own, and those of extensions that it depends on. */
  readonly events?: Readonly<Record<string, EventHandler>>
  /** Work beside requests, at times or when it is asked for, by name: small letters, digits and hyphens. */
  readonly jobs?: Readonly<Record<string, Job>>
  /** Addresses below `/extensions/<its name>`, such as `POST /callback`. */
  readonly routes?: Routes
  /** `optional`: when it fails at start it is quarantined and the core serves; `required`: no start. @default 'optional' */
  readonly startup?: 'optional' | 'required'
  readonly setup?: (options: SetupOptions) => Running | Promise<Running> | undefined
}

export interface Extension extends ExtensionOptions {
  /** The file that called `defineExtension`, absolute; messages name it. */
  readonly file: string
}

/** Declares an extension. Checked when it is composed with the others, all problems at once. */
export const defineExtension = (options: ExtensionOptions): Extension => ({
  ...options,
  file: callerFile(defineExtension),
})
