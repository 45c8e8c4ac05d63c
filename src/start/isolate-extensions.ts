import { join } from 'node:path'
import { type Context, type Extension, type Log, TrellisError } from '@trellis/sdk'
import { readManifest } from '../composition/index.ts'
import { systemViewer } from '../database/system-user.ts'
import type { Transport } from '../delegation/index.ts'
import {
  type Call,
  createReach,
  type Idempotent,
  isolatedTransport,
  keepProcess,
  type Reach,
  standIn,
} from '../isolation/index.ts'
import { refusalOf } from '../remote/index.ts'
import { limitsOf, type Supervision } from '../supervision/index.ts'
import type { PartSurroundings } from './part-surroundings.ts'
import { createPlaces, type Place } from './places.ts'

/** Which extensions run elsewhere, as the operator decided. */
export interface IsolationOptions {
  /** Names of those in processes of their own, besides those that ask for it. @default none */
  readonly isolated?: readonly string[]
  /** Where those are that `serveExtension` serves, name to address. @default none */
  readonly served?: ReadonlyMap<string, string>
  /** What requests to these are signed with. @default null, and none can be asked */
  readonly secret?: string | null
}

export interface IsolateExtensionsOptions extends IsolationOptions {
  readonly extensions: readonly Extension[]
  /** What a process opens its database and makes its contexts with. */
  readonly surroundings: PartSurroundings
  readonly supervision: Supervision
  readonly idempotentOf: (context: Context) => Idempotent | null
  /** Called when an extension elsewhere has written. */
  readonly onWritten: () => void
  readonly log: Log
}

export interface IsolatedExtensions {
  /** All extensions; those that run elsewhere as their stand-ins. */
  readonly extensions: readonly Extension[]
  /** How one that runs elsewhere is asked; `null` for others. */
  readonly transportOf: (extension: Extension) => Transport | null
  /** The process of one that has one, and is there. */
  readonly pidOf: (name: string) => number | null
  /** Resolves when all processes answer that are to be there, or have been waited for so long. */
  readonly answering: (withinMs: number) => Promise<void>
}

/** The program of a process. */
const entry = join(import.meta.dirname, '..', 'isolated.ts')

/** The process holds its code to the limits itself; the gateway waits longer by what the way takes. */
const graceMs = 500

/** How long an extension's process may take to say how the extension is, as any. */
const healthMs = 500

/** Puts stand-ins in the place of extensions that run elsewhere. Their processes come and go with their setups. */
export function isolateExtensions(options: IsolateExtensionsOptions): IsolatedExtensions {
  const { isolated = [], served = new Map<string, string>() } = options
  const outside = new Map<Extension, Outside>()
  const installed = new Set(options.extensions.map(extension => readManifest(extension).name))
  for (const name of [...isolated, ...served.keys()])
    if (!installed.has(name))
      options.log.warn({ extension: name }, 'an extension that is to run elsewhere is not installed')
  const extensions = options.extensions.map(extension => {
    const { name } = readManifest(extension)
    const url = served.get(name) ?? null
    if (extension.remote || (extension.isolation !== 'process' && !isolated.includes(name) && url === null))
      return extension
    const made = putOutside({ ...options, name, extension, url })
    outside.set(made.extension, made)
    return made.extension
  })
  return {
    extensions,
    transportOf: extension => outside.get(extension)?.transport ?? null,
    pidOf: name => [...outside.values()].find(one => one.name === name)?.pid() ?? null,
    async answering(withinMs) {
      const { promise: longEnough, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, withinMs)
      await Promise.race([longEnough, Promise.all([...outside.values()].map(one => one.answering()))])
      clearTimeout(timer)
    },
  }
}

interface Outside {
  readonly name: string
  readonly extension: Extension
  readonly transport: Transport
  readonly pid: () => number | null
  readonly answering: () => Promise<void>
}

interface PutOutsideOptions extends IsolateExtensionsOptions {
  readonly name: string
  readonly extension: Extension
  /** Where it is served; `null` for one in a process of ours. */
  readonly url: string | null
}

function putOutside(options: PutOutsideOptions): Outside {
  const { name, extension, supervision, idempotentOf, onWritten, log } = options
  const own = limitsOf(extension.limits)
  const limits = {
    ...own,
    deadlineMs: own.deadlineMs + graceMs,
    writeDeadlineMs: own.writeDeadlineMs + graceMs,
  }
  const supervisor = supervision.of(name, limits)
  const places = createPlaces(name, log)
  const reach = (): Reach => {
    const there = places.reach()
    if (there) return there
    throw new TrellisError(
      'EXTENSION_UNAVAILABLE',
      `The process of the extension ${name} is not there; it is being started.`,
      { extensions: { extension: name, retryable: true } },
    )
  }
  const call: Call = async (...asked) => {
    try {
      return await reach().call(...asked)
    } catch (thrown) {
      throw refusalOf(thrown)
    }
  }
  const onReady = (): void => {
    // What the process before could not do says nothing of this one.
    for (const { breaker } of [supervisor, ...supervisor.fields.values()]) {
      if (breaker.state === 'closed') continue
      breaker.enter()
      breaker.succeed()
    }
  }
  return {
    name,
    extension: {
      ...standIn({ ...extension, limits }, call),
      setup: () => {
        const place = places.open(onAnswer =>
          openPlace(options, () => {
            onReady()
            onAnswer()
          }),
        )
        return {
          health: async () => {
            const asking = { viewer: systemViewer, requestId: crypto.randomUUID() }
            const there = place.reach()
            return (
              there !== null &&
              (await there.call('health', name, null, {
                ...asking,
                signal: AbortSignal.timeout(healthMs),
              })) === true
            )
          },
          dispose: () => places.leave(place),
        }
      },
    },
    transport: isolatedTransport({ reach, supervisor, idempotentOf, onWritten }),
    pid: places.pid,
    answering: places.answering,
  }
}

function openPlace(
  { name, extension, url, secret = null, extensions, surroundings, log }: PutOutsideOptions,
  onReady: () => void,
): Place {
  const limits = limitsOf(extension.limits)
  if (url === null)
    return keepProcess({
      name,
      limits,
      entry,
      start: { files: filesOf(name, extensions), surroundings },
      onReady,
      log,
    })
  if (secret === null)
    throw new Error(
      `${name} is served at ${url}, but TRELLIS_SERVE_SECRET, which signs requests to it, is not set.`,
    )
  const reach = createReach({ name, url, secret, limits, retries: 1 })
  return { reach: () => reach, pid: () => null, stop: reach.close }
}

/** The files that declare an extension and those that it depends on. */
function filesOf(name: string, extensions: readonly Extension[]): readonly string[] {
  const byName = new Map(extensions.map(extension => [readManifest(extension).name, extension]))
  const files = new Set<string>()
  const add = (wanted: string): void => {
    const extension = byName.get(wanted)
    if (!extension || files.has(extension.file)) return
    files.add(extension.file)
    for (const dependency of Object.keys(extension.dependsOn ?? {})) add(dependency)
  }
  add(name)
  return [...files]
}
