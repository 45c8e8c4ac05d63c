import type { Context } from '@trellis/sdk'
import type { Transport, UpstreamOperation } from '../delegation/index.ts'
import { headersOf } from '../gateway/context/request-head.ts'
import type { RemoteCall, RemoteExecutor } from '../remote/index.ts'

/** Calls a remote for whoever asks, as long as they wait. */
export function remoteTransport(executor: Pick<RemoteExecutor, 'execute' | 'subscribe'>): Transport {
  const callOf = (operation: UpstreamOperation, context: Context): RemoteCall => ({
    ...operation,
    viewer: context.viewer,
    requestId: context.requestId,
    signal: context.signal,
    requestHeaders: headersOf(context),
  })
  return {
    execute: (operation, context) => executor.execute(callOf(operation, context)),
    subscribe: (operation, context) => executor.subscribe(callOf(operation, context)),
  }
}
