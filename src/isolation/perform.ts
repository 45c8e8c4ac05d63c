import type {
  BackgroundContext,
  DataContext,
  DomainEvent,
  Extension,
  JobRun,
  RouteResponse,
  Running,
  UserError,
} from '@trellis/sdk'
import { headerPairs } from '../lib/header-pairs.ts'
import type { CallKind } from './protocol.ts'
import type { Checked, Responded } from './stand-in.ts'

/** What a call is done with, in the extension's process. */
export interface Performing {
  readonly extension: Extension
  /** What it made at setup. */
  readonly running: Running
  readonly context: BackgroundContext
}

/** Does what the gateway asks for beside operations. What it is given was packed by `standIn`, and is of the types there. */
export async function perform(
  { extension, running, context }: Performing,
  { kind, name, data }: { readonly kind: CallKind; readonly name: string; readonly data: unknown },
): Promise<unknown> {
  switch (kind) {
    case 'health':
      return (await running.health?.()) ?? true
    case 'event':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      await extension.events?.[name]?.(data as DomainEvent, context)
      return null
    case 'job':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      await extension.jobs?.[name]?.run(context, data as JobRun)
      return null
    case 'check':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return check(extension, name, data as readonly SentChange[], context)
    case 'route':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return respond(extension, name, data as SentRequest, context)
  }
}

interface SentChange {
  readonly values: object
  readonly changed: readonly string[]
}

type AnyCheck = (
  changes: readonly object[],
  context: DataContext,
) => readonly UserError[] | Promise<readonly UserError[]>

/** In a transaction of its own, where services are to be had as in the gateway's. */
async function check(
  { checks = {} }: Extension,
  entity: string,
  sent: readonly SentChange[],
  context: BackgroundContext,
): Promise<Checked> {
  const hooks: Readonly<Record<string, unknown>> = checks
  const hook = hooks[entity]
  if (!isCheck(hook)) throw new Error(`There is no check of ${entity}.`)
  return context.transaction(async inner => {
    const amended: { readonly index: number; readonly values: object }[] = []
    const changes = sent.map(({ changed, ...change }, index) => {
      const [values, names] = [{ ...change.values }, new Set(changed)]
      return {
        ...change,
        values,
        amend(further: object) {
          amended.push({ index, values: further })
          Object.assign(values, further)
          for (const name of Object.keys(further)) names.add(name)
        },
        changedFields: () => [...names],
      }
    })
    return { userErrors: await hook(changes, inner), amended }
  })
}

const isCheck = (hook: unknown): hook is AnyCheck => typeof hook === 'function'

interface SentRequest {
  readonly method: string
  readonly parameters: Readonly<Record<string, string>>
  readonly query: string
  readonly headers: [string, string][]
  readonly body: Uint8Array
}

async function respond(
  { routes = {} }: Extension,
  key: string,
  { method, parameters, query, headers, body }: SentRequest,
  context: BackgroundContext,
): Promise<Responded> {
  const route = routes[key]
  if (!route) throw new Error(`There is no route ${key}.`)
  const handle = typeof route === 'function' ? route : route.handle
  const request = {
    method,
    parameters,
    query: new URLSearchParams(query),
    headers: new Headers(headers),
    body: (async function* () {
      yield body
    })(),
  }
  return responded(await handle(request, context))
}

async function responded(response: RouteResponse | Response): Promise<Responded> {
  const { status, body = null } = response
  return {
    status,
    headers: headerPairs(response.headers ?? {}),
    body: body === null ? null : await bytesOf(body),
  }
}

async function bytesOf(body: string | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
