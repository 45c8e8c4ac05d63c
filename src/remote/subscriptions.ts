import { randomUUID } from 'node:crypto'
import type { RemoteOptions } from '@trellis/sdk'
import type { ExecutionResult } from 'graphql'
import type { Attempt } from './attempt.ts'
import { mediaType } from './check-answer.ts'
import type { Answered } from './connection.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { createEventParser } from './event-stream.ts'
import type { RemoteCall, RemoteExecutor } from './executor.ts'
import type { Fail } from './fail.ts'
import { failureOf } from './failure-of.ts'
import { discard, readBody } from './read-body.ts'
import { readResult } from './read-result.ts'

export interface Subscriptions {
  readonly open: RemoteExecutor['subscribe']
  /** How many are open. */
  readonly count: number
}

export interface SubscriptionsOptions {
  readonly remote: RemoteOptions
  readonly fail: Fail
  /** Aborted when the executor is closed. */
  readonly closing: AbortSignal
  readonly attempt: Attempt
}

type Results = AsyncGenerator<ExecutionResult, void, undefined>

const eventStream = 'text/event-stream'
const welcome = [eventStream, 'application/graphql-response+json', 'application/json']

/**
 * Subscriptions by the distinct connections mode of GraphQL over SSE
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md): one POST each, answered by events `next` and `complete`.
 */
export function createSubscriptions({ remote, fail, closing, attempt }: SubscriptionsOptions): Subscriptions {
  let count = 0

  async function* results(call: RemoteCall, left: AbortSignal): Results {
    if (count >= remote.subscriptions)
      throw fail('OVERLOADED', `has ${count} subscriptions open, as many as it may.`)
    count += 1
    let answered: Answered | undefined
    // Of the whole stream: its signal cuts the connection at any moment.
    using deadline = startDeadline({
      milliseconds: remote.timeoutMs,
      fail,
      signals: [call.signal, closing, left],
    })
    try {
      const id = `msg_${randomUUID()}`
      const outcome = await attempt({ call, id, deadline, read: answer => answer, types: welcome })
      if ('failure' in outcome) throw outcome.failure
      answered = outcome.value
      if (mediaType(answered) === eventStream) yield* events(answered, deadline)
      else yield readResult(await readBody(answered, remote.maxResponseBytes, deadline, fail), fail)
    } catch (error) {
      // Who leaves, or gives up, has the end asked for.
      if (!left.aborted && !call.signal?.aborted) throw error
    } finally {
      if (answered) discard(answered)
      count -= 1
    }
  }

  async function* events(answered: Answered, deadline: Deadline): Results {
    const parse = createEventParser(remote.maxResponseBytes, fail)
    const decoder = new TextDecoder()
    const chunks: AsyncIterator<Buffer> = answered.body[Symbol.asyncIterator]()
    for (;;) {
      const chunk = await nextOf(chunks, deadline)
      for (const { event, data } of parse(decoder.decode(chunk, { stream: true }))) {
        if (event === 'complete') return
        if (event === 'next') yield readResult(data, fail)
      }
    }
  }

  /** Silence counts only while something is waited for: a client that is slow to take events is not the remote's fault. */
  async function nextOf(chunks: AsyncIterator<Buffer>, deadline: Deadline): Promise<Buffer> {
    const { heartbeatMs } = remote
    deadline.restart(
      heartbeatMs,
      `sent nothing on a subscription for ${heartbeatMs} ms, not even a heartbeat.`,
    )
    try {
      const { value, done } = await chunks.next()
      if (done) throw fail('RESET', 'ended a subscription without completing it.')
      return value
    } catch (error) {
      throw failureOf(error, deadline, fail)
    } finally {
      deadline.pause()
    }
  }

  return {
    open: call => withPromptReturn(call, results),
    get count() {
      return count
    },
  }
}

/** A generator's own `return()` waits for a `next()` under way, which here may take as long as the remote is silent. */
function withPromptReturn(
  call: RemoteCall,
  results: (call: RemoteCall, left: AbortSignal) => Results,
): Results {
  const leaving = new AbortController()
  const generator = results(call, leaving.signal)
  const leave = (): Promise<IteratorResult<ExecutionResult, void>> => {
    leaving.abort()
    return generator.return()
  }
  return {
    next: () => generator.next(),
    return: leave,
    throw: async error => {
      await leave()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: async () => void (await leave()),
  }
}
