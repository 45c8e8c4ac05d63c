import { type RemoteExtensionOptions, remoteExtension } from '@trellis/sdk'
import { createRemoteExecutor } from '../create-remote-executor.ts'
import type { RemoteCall, RemoteExecutor, RemoteExecutorOptions } from '../executor.ts'
import { RemoteFailure } from '../failure.ts'

/** 32 bytes, as Standard Webhooks writes them. */
export const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`

/** An executor with an extension's usual options but for those given. */
export function executorFor(
  url: string,
  options: Partial<RemoteExtensionOptions> = {},
  making: Partial<RemoteExecutorOptions> = {},
): RemoteExecutor & AsyncDisposable {
  const schema = 'type Query { rating: Int }'
  const { remote } = remoteExtension({ name: 'reviews', version: '1.0.0', url, schema, ...options })
  if (remote === undefined) throw new Error('remoteExtension made no remote.')
  const executor = createRemoteExecutor({ name: 'reviews', remote, ...making })
  return { ...executor, [Symbol.asyncDispose]: () => executor.close() }
}

export const query = (call: Partial<RemoteCall> = {}): RemoteCall => ({
  document: '{ rating }',
  variables: {},
  operationType: 'query',
  viewer: { id: 'usr_1', role: 'AGENT' },
  requestId: 'req-1',
  ...call,
})

export const mutation = (call: Partial<RemoteCall> = {}): RemoteCall =>
  query({ document: 'mutation { rate }', operationType: 'mutation', ...call })

/** The failure that something ends with. */
export async function failureOfCall(promise: Promise<unknown>): Promise<RemoteFailure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof RemoteFailure) return error
  throw new Error('A RemoteFailure was expected.', { cause: error })
}
