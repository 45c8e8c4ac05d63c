import type { BackgroundContext } from './background.ts'

/** What happened to a record, or what an extension told: heard of after the transaction that it was part of. */
export interface DomainEvent {
  /** The same each time that it is delivered: what was done under it once need not be done again. */
  readonly id: string
  /** `customer.created`, or what an extension emits, such as `loyalty.tier-reached`. */
  readonly type: string
  /** The record that it is about; the event's own id when an extension emitted it about none. */
  readonly entityId: string
  /** Whose request caused it; `null` when it happened by itself. */
  readonly viewerId: string | null
  /** When the transaction began that it was part of. */
  readonly occurredAt: Date
  /** 1 the first time that it is delivered. */
  readonly attempt: number
  /** Of the core's own: `{ fields: ['name', 'ownerId'] }`, the names of what was written and never values. */
  readonly payload: Readonly<Record<string, unknown>>
}

/**
 * Hears of an event. It may come more than once, and events of one record come in their order. What it throws
 * is a failure: the event comes again later.
 */
export type EventHandler = (event: DomainEvent, context: BackgroundContext) => void | Promise<void>
