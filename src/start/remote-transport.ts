import type { Context } from '@trellis/sdk'
import type { ExecutionResult } from 'graphql'
import type { Transport, UpstreamOperation } from '../delegation/index.ts'
import { headersOf } from '../gateway/context/request-head.ts'
import {
  type RemoteCall,
  type RemoteExecutor,
  RemoteFailure,
  refusalOf,
  withRefusals,
} from '../remote/index.ts'
import type { Supervisor } from '../supervision/index.ts'

const throws = (thrown: unknown): never => {
  throw thrown
}

/** Whether a service did not take a request at all that fits its pinned schema. */
const isRefusedWhole = ({ data, errors }: ExecutionResult): boolean => data == null && errors !== undefined

/**
 * Calls a remote for whoever asks, as long as they wait; its calls count as the extension's `requests`.
 *
 * @param doubt told of an answer that a service gives whose schema has changed; it need not have
 */
export function remoteTransport(
  executor: Pick<RemoteExecutor, 'execute' | 'subscribe'>,
  supervisor: Supervisor,
  doubt: () => void,
): Transport {
  const execute = async (call: RemoteCall): Promise<ExecutionResult> => {
    try {
      const answer = await executor.execute(call)
      if (isRefusedWhole(answer)) doubt()
      return answer
    } catch (thrown) {
      if (thrown instanceof RemoteFailure && thrown.kind === 'HTTP_STATUS' && !thrown.retryable) doubt()
      throw refusalOf(thrown)
    }
  }
  const requests = supervisor.field('requests')
  const callOf = (operation: UpstreamOperation, context: Context): RemoteCall => ({
    ...operation,
    viewer: context.viewer,
    requestId: context.requestId,
    signal: context.signal,
    requestHeaders: headersOf(context),
  })
  return {
    execute: async (operation, context) =>
      requests.run<unknown, unknown>(context, () => execute(callOf(operation, context)), {
        check: answer => answer,
        failed: throws,
      }),
    subscribe: (operation, context) => withRefusals(executor.subscribe(callOf(operation, context))),
  }
}
