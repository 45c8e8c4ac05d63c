import type { Log } from '@trellis/sdk'
import { compareSchemas, type SchemaDifferences } from './compare-schemas.ts'
import type { RemoteExecutor } from './executor.ts'
import { isRefusal, readServiceSchema } from './read-service-schema.ts'

/** Whether a service is what it is pinned to, as far as is known. */
export interface SchemaState extends SchemaDifferences {
  /** `UNKNOWN`: it was not asked yet, or does not tell. */
  readonly status: 'SAME' | 'CHANGED' | 'UNKNOWN'
  /** When it last told; `null` when it never has. */
  readonly checkedAt: Date | null
  /** Why it is not known, or not known anew. */
  readonly reason: string | null
}

/** How often services are asked for their schemas, in milliseconds. */
export interface SchemaChecks {
  /** After the start, and up to twice that, so that replicas do not ask at once. */
  readonly firstMs: number
  /** From then on, a fifth more or less. */
  readonly everyMs: number
}

export interface SchemaWatchOptions {
  /** The extension's name. */
  readonly name: string
  readonly executor: Pick<RemoteExecutor, 'introspect'>
  /** SDL. */
  readonly pinned: string
  readonly checks: SchemaChecks
  readonly log: Log
  /** From 0 to below 1. @default Math.random */
  readonly random?: () => number
}

/** Looks from time to time whether a service still is what it is pinned to. */
export interface SchemaWatch {
  readonly state: () => SchemaState
  /** Looks now: the service has answered as one that has changed. Twice a minute at most. */
  readonly doubt: () => void
  readonly stop: () => void
}

/** Usual times: five minutes, and two seconds after the start. */
export const usualChecks: SchemaChecks = { firstMs: 2000, everyMs: 300_000 }

/** The longest wait after a service was not to be reached, and the shortest between two looks that answers ask for. */
const soonMs = 30_000

const unasked: SchemaState = {
  status: 'UNKNOWN',
  checkedAt: null,
  reason: 'It was not asked yet.',
  breaking: [],
  other: [],
}

export function watchSchema({
  name,
  executor,
  pinned,
  checks: { firstMs, everyMs },
  log,
  random = Math.random,
}: SchemaWatchOptions): SchemaWatch {
  let state = unasked
  let isStopped = false
  let askedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const shortly = Math.min(soonMs, everyMs)

  const wait = (milliseconds: number): void => {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void look(), milliseconds).unref()
  }

  const found = (next: SchemaState): void => {
    const isNews =
      JSON.stringify([next.breaking, next.other]) !== JSON.stringify([state.breaking, state.other])
    state = next
    if (!isNews) return
    const { breaking, other } = next
    const facts = { extension: name, breaking, other }
    if (breaking.length > 0) log.error(facts, 'the service has changed, and breaks what it is pinned to')
    else if (other.length > 0) log.warn(facts, 'the service has changed since it was pinned')
    else log.info(facts, 'the service is what it is pinned to')
  }

  const look = async (): Promise<void> => {
    askedAt = performance.now()
    // Until it has answered, nobody looks again.
    clearTimeout(timer)
    try {
      const { breaking, other } = compareSchemas(pinned, await readServiceSchema(executor))
      if (isStopped) return
      const status = breaking.length + other.length > 0 ? 'CHANGED' : 'SAME'
      found({ status, checkedAt: new Date(), reason: null, breaking, other })
      wait(everyMs * (0.8 + random() * 0.4))
    } catch (failure) {
      if (isStopped) return
      const reason = failure instanceof Error ? failure.message : String(failure)
      if (isRefusal(failure)) found({ ...unasked, checkedAt: state.checkedAt, reason })
      // What was found while it could be reached is the best that there is.
      else state = { ...state, reason }
      wait(isRefusal(failure) ? everyMs : shortly)
    }
  }

  wait(firstMs * (1 + random()))
  return {
    state: () => state,
    doubt() {
      if (!isStopped && performance.now() - askedAt > shortly) void look()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
