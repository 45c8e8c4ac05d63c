import cluster from 'node:cluster'
import {
  type Asking,
  isCompany,
  isLeave,
  type LeaveReason,
  type Serving,
  type WorkerMessage,
} from './messages.ts'

/** The primary, as a worker sees it. */
export interface Parent {
  /** Whether others serve, or are about to: nobody waits for this one then. */
  readonly isAccompanied: () => Promise<boolean>
  readonly serving: (facts: Omit<Serving, 'kind'>) => void
  /** Resolves when it is told, or there is nobody any more to tell. */
  readonly failed: (message: string) => Promise<void>
  /** Asked to leave, or left alone. */
  readonly onLeave: (leave: (reason: LeaveReason) => void) => void
  /** Lets the process end: an open channel keeps it. */
  readonly release: () => void
}

/** The primary of this process; `null` where it was started without one. */
export function findParent(): Parent | null {
  const { worker } = cluster
  if (!worker) return null
  const send = (message: WorkerMessage | Asking): Promise<void> =>
    new Promise(resolve => {
      // What cannot be sent has nobody to hear it.
      if (worker.isConnected()) worker.send(message, () => resolve())
      else resolve()
    })
  return {
    async isAccompanied() {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const hear = (message: unknown): void => {
        if (isCompany(message)) resolve(!message.isAlone)
      }
      const lose = (): void => resolve(false)
      worker.on('message', hear)
      worker.once('disconnect', lose)
      if (worker.isConnected()) await send({ kind: 'asking' })
      else lose()
      const answer = await promise
      worker.off('message', hear)
      worker.off('disconnect', lose)
      return answer
    },
    serving: facts => void send({ kind: 'serving', ...facts }),
    failed: message => send({ kind: 'failed', message }),
    onLeave(leave) {
      worker.on('message', (message: unknown) => {
        if (isLeave(message)) leave(message.reason)
      })
      worker.once('disconnect', () => {
        if (worker.exitedAfterDisconnect) return
        // Node ends a worker whose primary is gone on the spot, requests and all, unless this says that it is leaving.
        worker.exitedAfterDisconnect = true
        leave('orphaned')
      })
    },
    release() {
      if (worker.isConnected()) worker.disconnect()
    },
  }
}
