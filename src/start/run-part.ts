import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { createPackageImporter } from '../installed/index.ts'
import type { Start, Told } from '../isolation/index.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import { isExtension } from '../sdk/is-extension.ts'
import { extensionNamed, type Part, startPart } from './part.ts'
import type { PartSurroundings } from './part-surroundings.ts'

const tell = (told: Told): void => void process.send?.(told)

/** Does what the gateway says over the channel that it has to this process, until that closes. */
export function runPart(): void {
  let part: Part | null = null
  const leave = async (): Promise<void> => {
    try {
      await part?.[Symbol.asyncDispose]()
    } finally {
      process.exit()
    }
  }
  process.on('message', (message: Start | { readonly kind: 'ping' }) => {
    if (message.kind === 'ping') return tell({ kind: 'pong' })
    start(message).then(
      started => {
        part = started
        tell({ kind: 'ready' })
      },
      (failure: unknown) => {
        tell({ kind: 'failed', message: describeFailure(failure).message })
        process.exitCode = 1
        process.disconnect()
      },
    )
  })
  process.once('disconnect', () => void leave())
  process.once('SIGTERM', () => void leave())
  // The gateway's terminal tells everybody; the gateway says when it is time.
  process.on('SIGINT', () => undefined)
}

async function start({ name, files, socketPath, secret, surroundings }: Start): Promise<Part> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it comes from `isolateExtensions`, of the same release
  const own = surroundings as PartSurroundings
  // By it installed packages find what they share with Trellis, as they do in the gateway.
  if (own.installedIn !== undefined) createPackageImporter(own.installedIn)
  const modules = await Promise.all(
    files.map(async (file): Promise<object> => import(pathToFileURL(file).href)),
  )
  // Fails before anything is opened, where it is not there.
  extensionNamed(name, modules)
  return startPart({
    surroundings: own,
    name,
    // A module may export one by two names.
    extensions: [...new Set(modules.flatMap(module => Object.values(module).flat()).filter(isExtension))],
    at: { socketPath },
    secret,
    log: pino({ level: own.logLevel, base: null }),
  })
}
