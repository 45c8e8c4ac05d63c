import type { EventHandler, Job } from '@trellis/sdk'

/** An installed extension, as far as it has to do with what goes on beside requests. */
export interface ExtensionModel {
  readonly name: string
  readonly status: string
  readonly extension: {
    readonly jobs?: Readonly<Record<string, Job>>
    readonly events?: Readonly<Record<string, EventHandler>>
  }
}
