import { join, relative } from 'node:path'
import { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

interface Options {
  readonly directory?: string
  readonly remote?: boolean
}

/** `trellis create extension NAME` */
export const createCommand = ({ print }: Surroundings): Command =>
  new Command('create').description('write the beginning of something').addCommand(
    new Command('extension')
      .description('write the package of an extension, with a test that passes')
      .argument('<name>', 'lower-case letters, digits and hyphens, such as visit')
      .option('--directory <dir>', 'the folder of the package (default: extension-NAME beside Trellis)')
      .option('--remote', "a GraphQL service of its own, rather than code in the gateway's process")
      .action(async (name: string, { directory, remote }: Options) => {
        // Imported here, as in all commands: each takes what it needs, and help takes nothing.
        const { createExtension } = await import('./create-extension.ts')
        const folder = await createExtension({ name, directory, remote })
        const shown = relative(process.cwd(), folder) || '.'
        const steps = remote
          ? [`cd ${join(shown, 'service')}`, 'npm install', 'npm test']
          : [`cd ${shown}`, 'npm test']
        print([`Wrote ${shown}. Next:\n`, ...steps.map(step => `  ${step}`)].join('\n'))
      }),
  )
