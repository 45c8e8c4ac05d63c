import { randomUUID } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import { createAttempt } from './attempt.ts'
import { createBreaker } from './breaker.ts'
import { createBulkhead } from './bulkhead.ts'
import { connect } from './connection.ts'
import { startDeadline } from './deadline.ts'
import type { RemoteExecutor, RemoteExecutorOptions } from './executor.ts'
import { createFail } from './fail.ts'
import { introspect } from './introspect.ts'
import { readBody } from './read-body.ts'
import { readResult } from './read-result.ts'
import { withRetries } from './retry.ts'
import { createSubscriptions } from './subscriptions.ts'

/** An executor for one remote. It opens no connection before the first call. */
export function createRemoteExecutor(options: RemoteExecutorOptions): RemoteExecutor {
  const { name, remote, socketPath, now = Date.now, random = Math.random } = options
  const fail = createFail(name)
  const closing = new AbortController()
  const breaker = createBreaker(remote.breaker, now)
  const bulkhead = createBulkhead({ most: remote.concurrency, queue: remote.queue, fail })
  const connection = connect({ remote, socketPath, connections: remote.concurrency, fail })
  const attempt = createAttempt({ remote, breaker, connection, fail, now })
  // Of their own, since each keeps a socket for as long as it lasts.
  const streams = connect({
    remote,
    socketPath,
    connections: Math.max(1, remote.subscriptions),
    fail,
  })
  const openStream = createAttempt({ remote, breaker, connection: streams, fail, now })
  const subscriptions = createSubscriptions({ remote, fail, closing: closing.signal, attempt: openStream })

  const execute: RemoteExecutor['execute'] = async call => {
    using deadline = startDeadline({
      milliseconds: remote.timeoutMs,
      fail,
      signals: [call.signal, closing.signal],
    })
    // Before waiting for a turn: those under way may be the ones that the remote does not answer.
    if (breaker.refuses()) throw fail('BREAKER_OPEN', 'is left alone for a moment, since it failed.')
    using _ = await bulkhead.enter(deadline)
    const id = `msg_${randomUUID()}`
    const once = () =>
      attempt<ExecutionResult>({
        call,
        id,
        deadline,
        read: async answered =>
          readResult(await readBody(answered, remote.maxResponseBytes, deadline, fail), fail),
      })
    return await withRetries(once, {
      retries: call.operationType === 'query' ? remote.retries : 0,
      random,
      deadline,
    })
  }

  return {
    execute,
    subscribe: subscriptions.open,
    introspect: ({ from = 'introspection' } = {}) => introspect(execute, from, fail),
    state: () => ({
      breaker: breaker.state(),
      running: bulkhead.running,
      queued: bulkhead.queued,
      subscriptions: subscriptions.count,
    }),
    close: async () => {
      closing.abort(new Error('The executor was closed.'))
      await Promise.all([connection.close(), streams.close()])
    },
  }
}
