/** What a worker tells its primary once it listens. */
export interface Serving {
  readonly kind: 'serving'
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly url: string
  /** What is to be printed, once. */
  readonly banner: string
  /** How many workers there are to be. */
  readonly workers: number
  /** How long requests in flight may take to finish. */
  readonly drainSeconds: number
  /** The folder where the primary can be found by commands. */
  readonly dataDirectory: string
  readonly logLevel: string
}

/** What a worker tells before it ends, when it could not start. */
export interface Failed {
  readonly kind: 'failed'
  readonly message: string
}

/** What a worker asks before it listens: whether there are others. */
export interface Asking {
  readonly kind: 'asking'
}

/** What its primary answers. */
export interface Company {
  readonly kind: 'company'
  readonly isAlone: boolean
}

export type WorkerMessage = Serving | Failed

/** Why a worker is to leave: by a signal, because another one serves in its place, or because its primary is gone. */
export type LeaveReason = 'SIGTERM' | 'SIGINT' | 'replaced' | 'orphaned'

export interface Leave {
  readonly kind: 'leave'
  readonly reason: LeaveReason
}

const kindOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'kind' in message ? message.kind : undefined

/** Whether a message on the channel is a worker's: Node's own and libraries' may come the same way. */
export const isWorkerMessage = (message: unknown): message is WorkerMessage =>
  kindOf(message) === 'serving' || kindOf(message) === 'failed'

export const isLeave = (message: unknown): message is Leave => kindOf(message) === 'leave'

export const isAsking = (message: unknown): message is Asking => kindOf(message) === 'asking'

export const isCompany = (message: unknown): message is Company => kindOf(message) === 'company'
