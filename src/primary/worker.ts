import cluster from 'node:cluster'
import {
  type Company,
  isAsking,
  isWorkerMessage,
  type Leave,
  type LeaveReason,
  type Serving,
} from './messages.ts'

/** How a worker ended: with a code, or by a signal. */
export interface Ending {
  readonly code: number | null
  readonly signal: string | null
}

/** A process that serves, or is about to. */
export interface GatewayWorker {
  readonly pid: number | undefined
  /** @throws Error that says why, when it ends before it serves */
  readonly served: Promise<Serving>
  readonly ended: Promise<Ending>
  /** Lets requests in flight finish; one that does not serve yet is ended by the signal. */
  readonly leave: (reason: Exclude<LeaveReason, 'orphaned'>) => void
  readonly kill: () => void
}

/**
 * Starts a worker.
 *
 * @param port to listen on in place of the configured one
 */
export function startWorker(port: string | null): GatewayWorker {
  const worker = cluster.fork(port === null ? {} : { PORT: port })
  const served = Promise.withResolvers<Serving>()
  const ended = Promise.withResolvers<Ending>()
  let isServing = false
  let said: string | undefined
  worker.on('message', (message: unknown) => {
    if (isAsking(message)) {
      const company: Company = {
        kind: 'company',
        isAlone: Object.keys(cluster.workers ?? {}).length < 2,
      }
      if (worker.isConnected()) worker.send(company)
    }
    if (!isWorkerMessage(message)) return
    if (message.kind === 'failed') said = message.message
    else {
      isServing = true
      served.resolve(message)
    }
  })
  const end = (ending: Ending): void => {
    served.reject(new Error(said ?? `it ended with ${ending.signal ?? ending.code}; its log says more`))
    ended.resolve(ending)
  }
  worker.once('exit', (code: number | null, signal: string | null) => end({ code, signal }))
  worker.once('error', error => {
    said ??= error.message
    // A process that could not be made ends by nothing else.
    if (worker.process.pid === undefined) end({ code: 1, signal: null })
  })
  // Whoever waits for it hears of it; nobody may.
  served.promise.catch(() => undefined)
  return {
    pid: worker.process.pid,
    served: served.promise,
    ended: ended.promise,
    leave(reason) {
      const message: Leave = { kind: 'leave', reason }
      if (isServing && worker.isConnected()) worker.send(message)
      else worker.process.kill(reason === 'replaced' ? 'SIGTERM' : reason)
    },
    kill: () => void worker.process.kill('SIGKILL'),
  }
}
