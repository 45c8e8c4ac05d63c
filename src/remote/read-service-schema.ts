import type { GraphQLSchema } from 'graphql'
import type { RemoteExecutor } from './executor.ts'
import { RemoteFailure } from './failure.ts'

/**
 * The schema that a service says it has: by introspection, or, where it refuses that, by federation's `_service`.
 *
 * @throws RemoteFailure of introspection
 */
export async function readServiceSchema({
  introspect,
}: Pick<RemoteExecutor, 'introspect'>): Promise<GraphQLSchema> {
  try {
    return await introspect()
  } catch (failure) {
    if (!isRefusal(failure)) throw failure
    return introspect({ from: 'service' }).catch(() => {
      throw failure
    })
  }
}

/** Whether the service is there, and does not tell; what else may be in the way passes. */
export const isRefusal = (failure: unknown): failure is RemoteFailure =>
  failure instanceof RemoteFailure &&
  (failure.kind === 'NOT_GRAPHQL' || (failure.kind === 'HTTP_STATUS' && !failure.retryable))
