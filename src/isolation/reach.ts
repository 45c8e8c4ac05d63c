import type { Limits, Viewer } from '@trellis/sdk'
import { createRemoteExecutor, type RemoteCall, type RemoteExecutor } from '../remote/index.ts'
import { valueOf } from './outcome.ts'
import { pathOf } from './part-path.ts'
import { type Asked, type CallKind, packed } from './protocol.ts'

/** On whose behalf an extension's process is called, and for how long somebody waits. */
export interface CallFacts {
  readonly viewer: Viewer
  readonly requestId: string
  readonly signal?: AbortSignal | undefined
}

/** An extension's process that can be asked. */
export interface Reach {
  readonly execute: RemoteExecutor['execute']
  readonly subscribe: RemoteExecutor['subscribe']
  /** Has it do what is no operation. @throws what it throws there, and RemoteFailure */
  readonly call: (kind: CallKind, name: string, data: unknown, facts: CallFacts) => Promise<unknown>
  readonly close: () => Promise<void>
}

export interface ReachOptions {
  /** The extension's name. */
  readonly name: string
  /** Where it is, such as `http://10.0.0.7:4100`. */
  readonly url: string
  /** A Unix socket, in place of the address's host and port. @default none */
  readonly socketPath?: string
  readonly secret: string
  readonly limits: Required<Limits>
  /** How often a query is sent again that surely was not begun. */
  readonly retries: number
}

/** Jobs may take an hour; whoever calls gives up long before otherwise. */
const longestCallMs = 3_700_000

const responseBytes = 64 * 2 ** 20

/** Places of what is bounded by whoever asks for it, as it is for an extension in the gateway's process. */
const boundless = 1000

/** Asks an extension's process over HTTP, with requests that are signed. Failures in a row are its supervisor's to judge. */
export function createReach({ name, url, socketPath, secret, limits, retries }: ReachOptions): Reach {
  const executorFor = (timeoutMs: number, concurrency = limits.concurrency): RemoteExecutor =>
    createRemoteExecutor({
      name,
      ...(socketPath !== undefined && { socketPath }),
      remote: {
        url: new URL(pathOf(name), url).href,
        schema: { file: '', text: '' },
        merge: {},
        headers: [],
        secrets: [secret],
        timeoutMs,
        retries,
        breaker: { failures: 1_000_000, failingMs: 3_600_000, firstTrialMs: 1000, longestTrialMs: 1000 },
        maxResponseBytes: responseBytes,
        concurrency,
        queue: limits.queue,
        subscriptions: 1000,
        heartbeatMs: 60_000,
        allowPrivate: true,
      },
    })
  const operations = executorFor(Math.max(limits.deadlineMs, limits.writeDeadlineMs) + 1000)
  // Of their own: a job holds its connection for as long as it runs, and no client's write may wait for that.
  const calls: Readonly<Record<CallKind, RemoteExecutor>> = {
    check: executorFor(longestCallMs),
    route: executorFor(longestCallMs),
    event: executorFor(longestCallMs, boundless),
    job: executorFor(longestCallMs, boundless),
    health: executorFor(longestCallMs, boundless),
  }
  return {
    execute: call => operations.execute(call),
    subscribe: call => operations.subscribe(call),
    async call(kind, callName, data, { viewer, requestId, signal }) {
      const { data: answered } = await calls[kind].execute({
        // No operation: what is asked for stands beside it.
        document: '',
        variables: {},
        operationType: 'mutation',
        viewer,
        requestId,
        signal,
        extensions: askedBy({
          viewer,
          requestId,
          idempotent: null,
          call: { kind, name: callName, data: packed(data) },
        }),
      })
      const { outcome } = answered ?? {}
      if (typeof outcome !== 'string')
        throw new Error(`${name} did not say what came of ${kind} ${callName}.`)
      return valueOf(outcome)
    },
    close: async () =>
      void (await Promise.all([operations, ...Object.values(calls)].map(executor => executor.close()))),
  }
}

/** What is sent beside an operation. */
export const askedBy = ({
  viewer: { id, name, role, teamId },
  ...asked
}: Asked): RemoteCall['extensions'] => ({
  trellis: { ...asked, viewer: { id, name, role, teamId } },
})
