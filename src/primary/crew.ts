import { setTimeout as sleep } from 'node:timers/promises'
import type { PrimaryLog } from './log.ts'
import type { Serving } from './messages.ts'
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

/** Milliseconds to wait before a worker that died is replaced: longer with each time that this fails. */
const shortestWait = 100
const longestWait = 30_000

/** Milliseconds that one which was replaced may take beyond what requests may, until it is killed. */
const patience = 30_000

const inOrder: Ending = { code: 0, signal: null }

export function createCrew({ log }: { readonly log: PrimaryLog }): Crew {
  const all = new Set<GatewayWorker>()
  let serving = new Set<GatewayWorker>()
  const leaving = new AbortController()
  const endings: Ending[] = []
  let facts: Serving | null = null
  let port: string | null = null
  let wait = shortestWait
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
    const worker = startWorker(port)
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

  /** All of them serve, or none is left of them. */
  const startAll = async (count: number): Promise<ReadonlySet<GatewayWorker>> => {
    const started = Array.from({ length: count }, start)
    const outcomes = await Promise.allSettled(started.map(({ served }) => served))
    const failure = outcomes.find(outcome => outcome.status === 'rejected')
    if (!failure) return new Set(started)
    for (const worker of started) worker.leave('SIGTERM')
    throw failure.reason
  }

  const alive = (workers: ReadonlySet<GatewayWorker>): Set<GatewayWorker> =>
    new Set([...workers].filter(worker => all.has(worker)))

  const restore = async (): Promise<void> => {
    const missing = (): number => (facts?.workers ?? 1) - serving.size
    while (missing() > 0 && !leaving.signal.aborted) {
      await sleep(wait, undefined, { signal: leaving.signal }).catch(() => undefined)
      wait = Math.min(wait * 2, longestWait)
      await inTurn(async () => {
        if (missing() <= 0 || leaving.signal.aborted) return
        const started = await startAll(missing())
        serving = alive(serving.union(started))
        for (const { pid } of started) log.info({ worker: pid }, 'another worker serves')
        setTimeout(() => (wait = shortestWait), longestWait).unref()
      }).catch((failure: unknown) => log.error({ failure: String(failure) }, 'a worker could not be started'))
    }
  }

  const replaceAll = async (): Promise<readonly GatewayWorker[]> => {
    if (leaving.signal.aborted) throw new Error('The gateway is leaving.')
    const began = performance.now()
    const before = [...serving]
    try {
      serving = alive(await startAll(facts?.workers ?? 1))
    } catch (failure) {
      log.error({ failure: String(failure) }, 'reloading failed: what served before serves on')
      throw failure
    }
    wait = shortestWait
    void restore()
    log.info({ milliseconds: Math.round(performance.now() - began) }, 'reloaded: new workers serve')
    for (const worker of before) sendAway(worker)
    return before
  }

  const sendAway = (worker: GatewayWorker): void => {
    worker.leave('replaced')
    // Twice: those that wait for a next request, and then the requests.
    const timer = setTimeout(
      () => {
        log.warn({ worker: worker.pid }, 'a worker that was replaced did not leave, and is killed')
        worker.kill()
      },
      2000 * (facts?.drainSeconds ?? 0) + patience,
    )
    void worker.ended.then(() => clearTimeout(timer))
  }

  return {
    async begin() {
      const first = start()
      const outcome = await Promise.race([first.served, first.ended])
      if (!('kind' in outcome)) throw new FirstWorkerEnded(outcome)
      facts = outcome
      serving.add(first)
      void restore()
      return outcome
    },
    reload() {
      const replaced = inTurn(replaceAll)
      const left = replaced.then(async before => {
        await Promise.all(before.map(({ ended }) => ended))
      })
      left.catch(() => undefined)
      return { served: replaced.then(() => undefined), left }
    },
    async leave(signal) {
      leaving.abort()
      const workers = [...all]
      endings.length = 0
      for (const worker of workers) worker.leave(signal)
      await Promise.all(workers.map(({ ended }) => ended))
      return endings.find(({ code }) => code !== 0) ?? inOrder
    },
  }
}
