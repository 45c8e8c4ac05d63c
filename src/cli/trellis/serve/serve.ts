import { once } from 'node:events'
import { pino } from 'pino'
import { extensions as builtIn } from '../../../../extensions/index.ts'
import { readManifest } from '../../../composition/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { importInstalled } from '../../../installed/index.ts'
import { serveExtension } from '../../../start/serve-extension.ts'
import { CommandError } from '../command-error.ts'

export interface ServeOptions {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly print: (text: string) => void
}

/**
 * Serves an installed extension until the process is told to leave.
 *
 * @throws CommandError when it is not installed, or there is no secret
 */
export async function serve({ name, host, port, print }: ServeOptions): Promise<void> {
  const config = loadConfig(process.env, [])
  const { extensions: installed } = await importInstalled(config.database.dataDirectory)
  const extensions = [...builtIn, ...installed]
  const manifests = extensions.map(readManifest)
  const extension = manifests.find(manifest => manifest.name === name)?.extension
  if (!extension)
    throw new CommandError(
      `There is no extension ${name} installed; there are ${manifests.map(manifest => manifest.name).join(', ')}.`,
      {
        exitCode: 2,
      },
    )
  const { secret } = config.isolation
  if (secret === null)
    throw new CommandError(
      "TRELLIS_SERVE_SECRET is not set: gateways sign with it, and who does not is refused. `node -p \"'whsec_' + crypto.randomBytes(32).toString('base64')\"` prints one.",
      { exitCode: 2 },
    )
  const log = pino({ level: config.logLevel, base: null })
  await using served = await serveExtension(extension, { config, secret, host, port, extensions, log })
  print(`${name} is served at ${served.url}`)
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
}
