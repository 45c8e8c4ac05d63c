import { randomUUID } from 'node:crypto'
import type { Extension } from '@trellis/sdk'
import type { Logger } from 'pino'
import { readManifest } from '../composition/index.ts'
import { systemViewer } from '../database/system-user.ts'
import type { RequestHead } from '../gateway/generation.ts'
import {
  type Asked,
  type ListenAt,
  type Operation,
  type PartServer,
  perform,
  startPartServer,
} from '../isolation/index.ts'
import { createSealer } from '../lib/seal.ts'
import { type Core, createCore } from './core.ts'
import { partModule } from './part-module.ts'
import type { PartSurroundings } from './part-surroundings.ts'
import { startTrellis, type Trellis } from './trellis.ts'

export interface PartOptions {
  readonly surroundings: PartSurroundings
  /** The extension that the part answers for. */
  readonly name: string
  /** It, and those that it depends on. */
  readonly extensions: readonly Extension[]
  readonly at: ListenAt
  /** What requests have to be signed with. */
  readonly secret: string
  /** Whether it looks for what is decided about extensions; a part that is started for a decision does not. @default false */
  readonly follows?: boolean
  readonly log: Logger
}

export interface Part extends AsyncDisposable {
  readonly url: string
}

/** The header by which an operation within a part finds what it was asked with. Nobody else can send one. */
const askedHeader = 'x-trellis-asked'

const poolSize = 4

/** A Trellis of the core and one extension that answers its gateway, and nobody else, on the same database. */
export async function startPart({
  surroundings: { connection, config, encryptionKeys, now },
  name,
  extensions,
  at,
  secret,
  follows = false,
  log,
}: PartOptions): Promise<Part> {
  const asking = new Map<string, Asked>()
  const askedBy = ({ headers }: RequestHead): Asked | null =>
    asking.get(headers.get(askedHeader) ?? '') ?? null
  const [newest, ...others] = encryptionKeys
  const own = extensions.find(extension => readManifest(extension).name === name)
  if (!own) throw new Error(`There is no extension ${name} to answer for.`)
  const core: Core = createCore([partModule(own, () => core.entities)])
  await using starting = new AsyncDisposableStack()
  const trellis = starting.use(
    await startTrellis({
      config: {
        ...config,
        host: '127.0.0.1',
        port: 0,
        database: { url: null, dataDirectory: '', poolSize },
        corsOrigins: [],
        bodyLimitBytes: 64 * 2 ** 20,
        drainSeconds: 1,
      },
      connection,
      core,
      extensions: extensions.map(extension => ({ ...extension, isolation: 'none' })),
      keys: [],
      developmentViewer: null,
      log,
      watchesPromises: false,
      followsEveryMs: follows ? 1000 : null,
      sealer: newest ? createSealer([newest, ...others]) : null,
      schemaChecks: null,
      part: {
        authenticate: async request => askedBy(request)?.viewer ?? null,
        idempotentOf: ({ request }) => askedBy(request)?.idempotent ?? null,
      },
      ...(now && { now: () => now }),
    }),
  )
  const answer = async (operation: Operation, asked: Asked, signal: AbortSignal): Promise<Response> => {
    const id = randomUUID()
    asking.set(id, asked)
    // A subscription goes on once it is answered: until whoever asks has it all, or has left.
    const { release } = trellis.hold()
    if (signal.aborted) release()
    else signal.addEventListener('abort', release, { once: true })
    try {
      return await trellis.gateway.fetch(requestOf(operation, { asked, id, signal }))
    } finally {
      asking.delete(id)
    }
  }
  // The first request would wait for connections and for code that is not compiled yet.
  await trellis.database.ping()
  const first = new AbortController()
  await answer(
    { query: '{ __typename }', variables: {}, accept: 'application/json' },
    { viewer: systemViewer, requestId: randomUUID(), idempotent: null, call: null },
    first.signal,
  )
  first.abort()
  const server: PartServer = await startPartServer({
    at,
    secret,
    answer,
    async call(call, { viewer, requestId }, signal) {
      const { release, contextFor, ...generation } = trellis.hold()
      try {
        const context = contextFor(name, { viewer, requestId, signal, log: log.child({ requestId }) })
        return await perform({ ...partOf(generation, name), context }, call)
      } finally {
        release()
      }
    },
    log,
  })
  starting.defer(server.close)
  const open = starting.move()
  return { url: server.url, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

const partOf = ({ composition, running }: Pick<Trellis, 'composition' | 'running'>, name: string) => {
  const composed = composition.extensions.find(extension => extension.name === name)
  if (!composed) throw new Error(`There is no extension ${name} here.`)
  return { extension: composed.extension, running: running.get(name) ?? {} }
}

interface RequestOptions {
  readonly asked: Asked
  readonly id: string
  readonly signal: AbortSignal
}

const requestOf = (
  { query, variables, accept }: Operation,
  { asked: { requestId }, id, signal }: RequestOptions,
): Request =>
  new Request('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, 'x-request-id': requestId, [askedHeader]: id },
    body: JSON.stringify({ query, variables }),
    signal,
  })

/** The extension of that name among what modules export. @throws Error when there is none */
export function extensionNamed(name: string, modules: readonly object[]): Extension {
  const found = modules
    .flatMap(module => Object.values(module).flat())
    .filter(isExtension)
    .find(extension => readManifest(extension).name === name)
  if (found) return found
  throw new Error(
    `The file that declares the extension ${name} does not export it, so that no other process finds it.`,
  )
}

export const isExtension = (value: unknown): value is Extension =>
  typeof value === 'object' &&
  value !== null &&
  'typeDefs' in value &&
  'file' in value &&
  typeof value.file === 'string'
