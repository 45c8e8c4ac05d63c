import type { Context } from '@trellis/sdk'
import type { Transport, UpstreamOperation } from '../delegation/index.ts'
import {
  type RemoteCall,
  RemoteFailure,
  type RemoteFailureKind,
  refusalOf,
  withRefusals,
} from '../remote/index.ts'
import type { Supervisor } from '../supervision/index.ts'
import { askedBy, type Reach } from './reach.ts'

/** A request that a mutation is done once for. */
export interface Idempotent {
  readonly key: string
  readonly hash: string
}

export interface TransportOptions {
  /** @throws TrellisError `EXTENSION_UNAVAILABLE` while there is nobody to ask */
  readonly reach: () => Reach
  readonly supervisor: Supervisor
  /** Of the operation that a context belongs to. */
  readonly idempotentOf: (context: Context) => Idempotent | null
  /** Called when a mutation was done: events may wait to be delivered. */
  readonly onWritten: () => void
}

/** The process ended or is not there: it is no call's failure, and the next process knows nothing of it. */
const goneKinds: ReadonlySet<RemoteFailureKind> = new Set(['RESET', 'UNREACHABLE', 'ABORTED'])

const isGone = (thrown: unknown): boolean => thrown instanceof RemoteFailure && goneKinds.has(thrown.kind)

type Answered = { readonly result: unknown } | { readonly gone: unknown }

const throws = (thrown: unknown): never => {
  throw thrown
}

/** Asks an extension's process for whoever asks, as long as they wait. */
export function isolatedTransport({
  reach,
  supervisor,
  idempotentOf,
  onWritten,
}: TransportOptions): Transport {
  const callOf = (operation: UpstreamOperation, context: Context): RemoteCall => {
    const { viewer, requestId, signal } = context
    const { path, ...call } = operation
    const idempotent = path === undefined ? null : idempotentOf(context)
    return {
      ...call,
      viewer,
      requestId,
      signal,
      extensions: askedBy({
        viewer,
        requestId,
        idempotent: idempotent && { key: idempotent.key, hash: idempotent.hash, path: path ?? '' },
        call: null,
      }),
    }
  }
  return {
    async execute(operation, context) {
      const { execute } = reach()
      const isWrite = operation.operationType === 'mutation'
      const answered = await supervisor
        .field(isWrite ? 'Mutation.requests' : 'requests')
        .run<Answered, Answered>(
          context,
          async () => {
            try {
              return { result: await execute(callOf(operation, context)) }
            } catch (thrown) {
              if (isGone(thrown)) return { gone: refusalOf(thrown) }
              throw refusalOf(thrown)
            }
          },
          { check: answer => answer, failed: throws },
        )
      if ('gone' in answered) throw answered.gone
      if (isWrite) onWritten()
      return answered.result
    },
    subscribe: (operation, context) => withRefusals(reach().subscribe(callOf(operation, context))),
  }
}
