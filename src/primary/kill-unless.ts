import type { PrimaryLog } from './log.ts'
import type { GatewayWorker } from './worker.ts'

export interface KillUnlessOptions {
  readonly worker: GatewayWorker
  /** Milliseconds. */
  readonly within: number
  /** What is said of it then. */
  readonly what: string
  readonly log: PrimaryLog
}

/** Kills a worker where something takes too long. */
export function killUnless(done: Promise<unknown>, { worker, within, what, log }: KillUnlessOptions): void {
  const timer = setTimeout(() => {
    log.warn({ worker: worker.pid }, what)
    worker.kill()
  }, within)
  const stop = (): void => clearTimeout(timer)
  done.then(stop, stop)
}
