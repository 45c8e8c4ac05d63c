import type { DomainEvent } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundExtension, BackgroundLog, CreateBackgroundContext } from './background-options.ts'
import {
  claimDeliveries,
  type Delivery,
  deliveryFailed,
  deliveryHeard,
  deliveryReturned,
} from './deliveries.ts'
import { withinDeadline } from './within-deadline.ts'

/** How many events an extension hears at once, in one process: of different records. */
const concurrency = 4

/** How long a handler may take. */
const deadlineMs = 30_000

/** After the deadline, what a handler came to is written down; a process that has not by then is taken for dead. */
const leaseMs = deadlineMs + 15_000

export interface DelivererOptions {
  readonly database: Kysely<unknown>
  readonly extension: BackgroundExtension
  readonly createContext: CreateBackgroundContext
  readonly log: BackgroundLog
  /** How long to wait after each failure, in milliseconds; after the last of them it has failed for good. */
  readonly retryDelaysMs: readonly number[]
  /** Aborted when the process leaves: nothing more is begun. */
  readonly leaving: AbortSignal
  /** Aborted some time later: what was begun is given up. */
  readonly signal: AbortSignal
  /** Handles what comes besides events, such as word that a job is to be run. @default nothing */
  readonly others?: Readonly<Record<string, (delivery: Delivery) => Promise<void>>>
}

/** Brings one extension the events that are due for it. */
export interface Deliverer {
  readonly types: readonly string[]
  /** Delivers until nothing is due. Called again meanwhile, it looks once more before it ends. */
  run(): Promise<void>
}

export function createDeliverer(options: DelivererOptions): Deliverer {
  const { database, extension, leaving, others = {} } = options
  const types = [...Object.keys(extension.events), ...Object.keys(others)]
  let running: Promise<void> | null = null
  let asked = Promise.withResolvers<void>()
  let isAsked = false

  const drain = async (): Promise<void> => {
    const busy = new Set<Promise<void>>()
    try {
      while (!leaving.aborted) {
        isAsked = false
        asked = Promise.withResolvers()
        const limit = concurrency - busy.size
        const claimed =
          limit === 0
            ? []
            : await claimDeliveries(database, { extension: extension.name, types, limit, leaseMs })
        for (const delivery of claimed) {
          const work: Promise<void> = deliver(delivery, options).finally(() => busy.delete(work))
          busy.add(work)
        }
        if (busy.size === 0 && !isAsked) return
        // While one handler takes its time, others may be due.
        if (busy.size > 0) await Promise.race([...busy, ...(limit > 0 ? [asked.promise] : [])])
      }
    } finally {
      await Promise.allSettled(busy)
    }
  }

  return {
    types,
    run() {
      isAsked = true
      asked.resolve()
      running ??= drain().finally(() => {
        running = null
      })
      return running
    },
  }
}

/** Calls the handler and writes down what came of it. */
async function deliver(delivery: Delivery, options: DelivererOptions): Promise<void> {
  const { database, extension, retryDelaysMs, signal } = options
  const { position, attempt, type, id } = delivery
  const claim = { extension: extension.name, position, attempt }
  const log = options.log.child({ extension: extension.name, event: id, type, attempt })
  try {
    // Whoever was at it the last time came to no end: it may end us, too.
    if (attempt > retryDelaysMs.length + 1)
      throw new Error('The process that handled it ended, and no attempt is left.')
    await handle(delivery, options)
    await deliveryHeard(database, claim)
  } catch (failure) {
    if (signal.aborted) return deliveryReturned(database, claim)
    const delayMs = retryDelaysMs[attempt - 1] ?? null
    const { name, message } = describeFailure(failure)
    await deliveryFailed(database, claim, { error: `${name}: ${message}`.slice(0, 2000), delayMs })
    const facts = { err: describeFailure(failure) }
    if (delayMs === null) log.error(facts, 'an event could not be delivered and is given up')
    else log.warn({ ...facts, retryInMs: delayMs }, 'an event could not be delivered; it is tried again')
  }
}

async function handle(
  delivery: Delivery,
  { extension, createContext, log, signal, others }: DelivererOptions,
): Promise<void> {
  const { position: _, ...facts } = delivery
  const { name, events } = extension
  await withinDeadline(
    async aborted => {
      const other = others?.[facts.type]
      if (other) return other(delivery)
      const event: DomainEvent = facts
      const context = createContext(name, {
        requestId: facts.id,
        log: log.child({ extension: name, event: facts.id }),
        signal: aborted,
      })
      await events[facts.type]?.(event, context)
    },
    { deadlineMs, signal, what: `The handler of ${facts.type} in ${name}` },
  )
}
