import type { Extension } from '@trellis/sdk'
import type { Logger } from 'pino'
import { extensions as installed } from '../../extensions/index.ts'
import { readManifest } from '../composition/index.ts'
import type { Config } from '../config/index.ts'
import { openConnection } from '../database/connect.ts'
import { encryptionKeysOf } from './local-keys.ts'
import { startPart } from './part.ts'

export interface ServeExtensionOptions {
  /** The gateway's own configuration: the database above all. */
  readonly config: Pick<
    Config,
    'database' | 'encryptionKeys' | 'mode' | 'files' | 'attachments' | 'eventDays' | 'logLevel'
  >
  /** What the gateway signs requests with: `whsec_` and base64 of 24 to 64 bytes. */
  readonly secret: string
  /** @default '127.0.0.1' */
  readonly host?: string
  /** 0 takes any free one. @default 4100 */
  readonly port?: number
  /** Among them those that it depends on. @default those that are installed */
  readonly extensions?: readonly Extension[]
  readonly log: Logger
}

/** An extension that is served. */
export interface ServedExtension extends AsyncDisposable {
  /** Where, such as `http://127.0.0.1:4100`: what the gateway's `TRELLIS_SERVED_EXTENSIONS` names. */
  readonly url: string
}

/**
 * Serves an extension over HTTP to the gateways of its database, as it is: it reaches what it reaches in the gateway, on the
 * same database. Requests that are not signed are refused. What is decided about it is followed.
 *
 * @throws Error when the database or the address is not to be had
 */
export async function serveExtension(
  extension: Extension,
  { config, secret, host = '127.0.0.1', port = 4100, extensions = installed, log }: ServeExtensionOptions,
): Promise<ServedExtension> {
  const { name } = readManifest(extension)
  await using opening = new AsyncDisposableStack()
  const opened = opening.use(await openConnection({ ...config.database, log }))
  const { mode, files, attachments, eventDays, logLevel } = config
  const part = opening.use(
    await startPart({
      surroundings: {
        connection: opened.connection,
        config: { mode, files, attachments, eventDays },
        encryptionKeys: await encryptionKeysOf(config),
        logLevel,
      },
      name,
      extensions: withDependencies(extension, extensions),
      at: { host, port },
      secret,
      follows: true,
      log,
    }),
  )
  const open = opening.move()
  return { url: part.url, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

function withDependencies(extension: Extension, others: readonly Extension[]): readonly Extension[] {
  const needed = new Set([extension])
  for (const one of needed)
    for (const name of Object.keys(one.dependsOn ?? {})) {
      const dependency = others.find(other => readManifest(other).name === name)
      if (dependency) needed.add(dependency)
    }
  return [...needed]
}
