import { AsyncLocalStorage } from 'node:async_hooks'
import { isDeepStrictEqual } from 'node:util'
import type { Limits, Log } from '@trellis/sdk'
import { isCall, type Surroundings, signalOf } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Costs, createCosts } from './costs.ts'
import { limitsOf } from './limits.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { createBlockingWatch } from './watch-blocking.ts'

export interface SupervisionOptions {
  /** @default nobody hears of it */
  readonly log?: Pick<Log, 'info' | 'warn'>
  /** @default the process's */
  readonly clock?: Clock
}

/** Watches over the extensions of one process. Outlives any schema that they are in. */
export interface Supervision {
  /** The watch over an extension: the one that there is, unless its limits have changed. */
  readonly of: (extension: string, limits?: Limits) => Supervisor
  /** All there are, by name. */
  readonly supervisors: ReadonlyMap<string, Supervisor>
  /** The signal for whoever asks: within an extension's call, one that aborts at its deadline as well. */
  readonly signalFor: (request: AbortSignal) => AbortSignal
  /** Whose call it is that this runs in, or was started in. */
  readonly current: () => { readonly extension: string; readonly coordinate: string } | null
  /** Does work, and notes what each extension costs it. */
  readonly costing: <Result>(work: (costs: Costs) => Result) => Result
}

const nobody = { info: () => undefined, warn: () => undefined }

export function createSupervision({
  log = nobody,
  clock = systemClock,
}: SupervisionOptions = {}): Supervision {
  const storage = new AsyncLocalStorage<Surroundings>()
  const supervisors = new Map<string, Supervisor>()
  const watch = createBlockingWatch({
    clock,
    suspectsSince: moment =>
      [...supervisors.values()].flatMap(({ extension, fields }) =>
        [...fields.values()]
          .filter(field => field.wasUnderWay(moment))
          .map(({ coordinate }) => ({ extension, field: coordinate })),
      ),
    isExplainedSince: moment => [...supervisors.values()].some(({ hasBlocked }) => hasBlocked(moment)),
    onBlock: (suspects, milliseconds) =>
      log.warn(
        { suspects, milliseconds: Math.round(milliseconds) },
        'the event loop was blocked while these calls were under way: one of them may have kept it busy',
      ),
  })
  return {
    supervisors,
    of(extension, limits) {
      const known = supervisors.get(extension)
      if (known && isDeepStrictEqual(known.limits, limitsOf(limits))) return known
      const made = createSupervisor({ extension, limits, clock, storage, onWait: watch.begin, log })
      supervisors.set(extension, made)
      return made
    },
    signalFor(request) {
      const surroundings = storage.getStore()
      return isCall(surroundings) ? signalOf(surroundings, request) : request
    },
    current() {
      const surroundings = storage.getStore()
      return isCall(surroundings) ? surroundings : null
    },
    costing(work) {
      const costs = createCosts()
      return storage.run({ costs }, () => work(costs))
    },
  }
}
