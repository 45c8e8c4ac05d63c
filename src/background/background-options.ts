import type { BackgroundContext, EventHandler, Job, Log } from '@trellis/sdk'

/** An extension, as far as it has to do with what nobody waits for. */
export interface BackgroundExtension {
  readonly name: string
  readonly events: Readonly<Record<string, EventHandler>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** What a context in the background is made of. */
export interface BackgroundFacts {
  /** The event's id or the run's: the log carries it. */
  readonly requestId: string
  readonly log: Log
  readonly signal: AbortSignal
}

export type CreateBackgroundContext = (extension: string, facts: BackgroundFacts) => BackgroundContext

/** The log, which makes others whose lines carry further facts. */
export interface BackgroundLog extends Log {
  child(facts: object): Log
}
