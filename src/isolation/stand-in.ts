import type { BackgroundContext, Context, Extension, Route, RouteRequest, UserError } from '@trellis/sdk'
import { type HeaderPairs, headerPairs } from '../lib/header-pairs.ts'
import type { CallKind } from './protocol.ts'
import type { CallFacts } from './reach.ts'

/** Has an extension's process do something. */
export type Call = (kind: CallKind, name: string, data: unknown, facts: CallFacts) => Promise<unknown>

/** What a check sees of a change, of whatever entity it is. */
interface AnyChange {
  readonly entity: string
  readonly action: string
  readonly id: string
  readonly before: unknown
  readonly values: unknown
  readonly input: unknown
  readonly path: readonly string[]
  amend(values: object): void
  changedFields(): readonly string[]
}

/** What a check came to in the process. */
export interface Checked {
  readonly userErrors: readonly UserError[]
  /** By the change's place. */
  readonly amended: readonly { readonly index: number; readonly values: object }[]
}

/** What a route answered in the process. */
export interface Responded {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: Uint8Array | null
}

/**
 * An extension as the gateway has it while its process does the work: its SDL and resolvers for composition, and hooks that
 * call the process. Effects, merges and what it does at the turns of its life stay what they are.
 */
export function standIn(extension: Extension, call: Call): Extension {
  const { checks, events, jobs, routes, setup: _, ...rest } = extension
  return {
    ...rest,
    isolation: 'process',
    original: extension,
    ...(checks && { checks: mapped(checks, entity => checkOf(entity, call)) }),
    ...(events && {
      events: mapped(events, type => async (event: object, context: Context) => {
        await call('event', type, event, factsOf(context))
      }),
    }),
    ...(jobs && {
      jobs: mapped(jobs, (name, job) => ({
        ...job,
        run: async (context: BackgroundContext, run: object) => {
          await call('job', name, run, factsOf(context))
        },
      })),
    }),
    ...(routes && {
      routes: mapped(routes, (key, route) => ({
        ...(typeof route === 'function' ? {} : route),
        handle: routeOf(key, call),
      })),
    }),
  }
}

const mapped = <Value, Made>(
  entries: Readonly<Record<string, Value>>,
  make: (name: string, value: Value) => Made,
): Readonly<Record<string, Made>> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, make(name, value)]))

const factsOf = ({ viewer, requestId, signal }: Context): CallFacts => ({ viewer, requestId, signal })

/** A check sees the rows that it is given; what the write's transaction did before, it does not. */
const checkOf =
  (entity: string, call: Call) =>
  async (changes: readonly AnyChange[], context: Context): Promise<readonly UserError[]> => {
    const sent = changes.map(change => ({
      entity: change.entity,
      action: change.action,
      id: change.id,
      before: change.before,
      values: change.values,
      input: change.input,
      path: change.path,
      changed: change.changedFields(),
    }))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the answer of `perform`, of the same release
    const { userErrors, amended } = (await call('check', entity, sent, factsOf(context))) as Checked
    for (const { index, values } of amended) changes[index]?.amend(values)
    return userErrors
  }

/** A request goes over whole, and so does its answer. */
const routeOf =
  (key: string, call: Call): Route['handle'] =>
  async ({ method, parameters, query, headers, body }, context) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of body) chunks.push(chunk)
    const sent = {
      method,
      parameters: { ...parameters },
      query: query.toString(),
      headers: entriesOf(headers),
      body: Buffer.concat(chunks),
    }
    const answer = await call('route', key, sent, factsOf(context))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the answer of `perform`, of the same release
    const { status, headers: answered, body: bytes } = answer as Responded
    // No bytes are no body, which some statuses may not have.
    return new Response(bytes?.length ? new Uint8Array(bytes) : null, {
      status,
      headers: headerPairs(answered),
    })
  }

/** The gateway's are WHATWG's, which can be listed; the type that routes see cannot. */
const entriesOf = (headers: RouteRequest['headers']): readonly (readonly [string, string])[] =>
  headers instanceof Headers || isIterable(headers) ? [...headers] : []

const isIterable = (value: object): value is Iterable<readonly [string, string]> => Symbol.iterator in value
