import { killUnless } from './kill-unless.ts'
import type { PrimaryLog } from './log.ts'
import type { Serving } from './messages.ts'
import { createRestoring, type RestoringOptions } from './restoring.ts'
import { type Ending, type GatewayWorker, startWorker } from './worker.ts'

/** How a reload went on. */
export interface Reload {
  /** New workers serve; those before them may be finishing. @throws Error that says why the ones before serve on */
  readonly served: Promise<void>
  /** Those before are gone. */
  readonly left: Promise<void>
}

/** The workers: as many as are wanted, of one start. */
export interface Crew {
  /** Starts the first one, then the others. @throws FirstWorkerEnded when it does not come to serve */
  readonly begin: () => Promise<Serving>
  /** Puts new workers in the place of all; they listen before the others stop. */
  readonly reload: () => Reload
  /** Ends all of them. Answers the first ending that is not in order. */
  readonly leave: (signal: 'SIGTERM' | 'SIGINT') => Promise<Ending>
}

/** There is nobody to serve: the process ends as its worker did. */
export class FirstWorkerEnded extends Error {
  override readonly name = 'FirstWorkerEnded'
  readonly ending: Ending

  constructor(ending: Ending) {
    super('The first worker ended before it served.')
    this.ending = ending
  }
}

/** Milliseconds that one may take until it serves, which may have to migrate a large database before. */
const longestStart = 600_000

/** Milliseconds that one which is to leave may take beyond what requests may. */
const longestLeave = 30_000

const inOrder: Ending = { code: 0, signal: null }

export interface CrewOptions {
  readonly log: PrimaryLog
  /** @default a process of `node:cluster` */
  readonly startWorker?: (port: string | null) => GatewayWorker
  /** How it is waited before who is missing is replaced. @default by the clock */
  readonly pause?: RestoringOptions['pause']
  /** Until one that does not come to serve is killed. @default ten minutes */
  readonly startMs?: number
  /** Until one that does not leave is killed, beyond what requests may take. @default 30 seconds */
  readonly leaveMs?: number
}

export function createCrew({
  log,
  startWorker: startOne = startWorker,
  pause,
  startMs = longestStart,
  leaveMs = longestLeave,
}: CrewOptions): Crew {
  const all = new Set<GatewayWorker>()
  let serving = new Set<GatewayWorker>()
  const leaving = new AbortController()
  const endings: Ending[] = []
  let facts: Serving | null = null
  let port: string | null = null
  let turn: Promise<unknown> = Promise.resolve()

  /** One after the other: while workers are replaced, none is started for another reason. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  const start = (): GatewayWorker => {
    // Any free port means the same one again. While somebody listens, workers find it by what was configured.
    if (all.size === 0 && facts) port = new URL(facts.url).port
    const worker = startOne(port)
    all.add(worker)
    void worker.ended.then(ending => {
      all.delete(worker)
      endings.push(ending)
      if (!serving.delete(worker) || leaving.signal.aborted) return
      log.error({ worker: worker.pid, ...ending }, 'a worker ended: another one is started')
      void restore()
    })
    return worker
  }

  const sendAway = (worker: GatewayWorker, reason: 'SIGTERM' | 'SIGINT' | 'replaced'): void => {
    worker.leave(reason)
    // Twice: those that wait for a next request, and then the requests.
    const within = 2000 * (facts?.drainSeconds ?? 0) + leaveMs
    killUnless(worker.ended, { worker, within, what: 'a worker did not leave, and is killed', log })
  }

  const alive = (workers: Iterable<GatewayWorker>): Set<GatewayWorker> =>
    new Set([...workers].filter(worker => all.has(worker)))

  /** All of them serve, or none is left of them. */
  const startAll = async (count: number): Promise<ReadonlyMap<GatewayWorker, Serving>> => {
    const started = Array.from({ length: count }, start)
    const what = 'a worker did not come to serve, and is killed'
    for (const worker of started) killUnless(worker.served, { worker, within: startMs, what, log })
    const outcomes = await Promise.allSettled(
      started.map(async worker => [worker, await worker.served] as const),
    )
    const failure = outcomes.find(outcome => outcome.status === 'rejected')
    if (!failure)
      return new Map(outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : [])))
    for (const worker of alive(started)) sendAway(worker, 'SIGTERM')
    throw failure.reason
  }

  const missing = (): number => (facts?.workers ?? 1) - serving.size

  const replaceMissing = async (): Promise<void> => {
    if (missing() <= 0 || leaving.signal.aborted) return
    const isAlone = serving.size === 0
    const started = await startAll(missing())
    serving = alive(serving.union(started))
    for (const { pid } of started.keys()) log.info({ worker: pid }, 'another worker serves')
    if (isAlone || ![...started.values()].some(({ hasFinishedChange }) => hasFinishedChange)) return
    log.info({}, 'a change of what is installed was finished: all workers are replaced')
    void reload().served.catch(() => undefined)
  }

  const { restore, relax } = createRestoring({
    isMissing: () => missing() > 0,
    replace: () => inTurn(replaceMissing),
    signal: leaving.signal,
    log,
    pause,
  })

  const replaceAll = async (): Promise<readonly GatewayWorker[]> => {
    if (leaving.signal.aborted) throw new Error('The gateway is leaving.')
    const began = performance.now()
    const before = [...serving]
    try {
      serving = alive((await startAll(facts?.workers ?? 1)).keys())
    } catch (failure) {
      log.error({ failure: String(failure) }, 'reloading failed: what served before serves on')
      throw failure
    }
    relax()
    void restore()
    log.info({ milliseconds: Math.round(performance.now() - began) }, 'reloaded: new workers serve')
    for (const worker of before) sendAway(worker, 'replaced')
    return before
  }

  const reload = (): Reload => {
    const replaced = inTurn(replaceAll)
    const left = replaced.then(async before => {
      await Promise.all(before.map(({ ended }) => ended))
    })
    left.catch(() => undefined)
    return { served: replaced.then(() => undefined), left }
  }

  return {
    async begin() {
      const first = start()
      const outcome = await first.served.catch(() => first.ended)
      if (!('kind' in outcome)) throw new FirstWorkerEnded(outcome)
      facts = outcome
      serving.add(first)
      void restore()
      return outcome
    },
    reload,
    async leave(signal) {
      leaving.abort()
      const workers = [...all]
      endings.length = 0
      for (const worker of workers) sendAway(worker, signal)
      await Promise.all(workers.map(({ ended }) => ended))
      return endings.find(({ code }) => code !== 0) ?? inOrder
    },
  }
}
