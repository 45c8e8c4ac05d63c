import { relative } from 'node:path'
import { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

/** `trellis create extension NAME` */
export const createCommand = ({ print }: Surroundings): Command =>
  new Command('create').description('write the beginning of something').addCommand(
    new Command('extension')
      .description('write the package of an extension, with a test that passes')
      .argument('<name>', 'lower-case letters, digits and hyphens, such as visit')
      .option('--directory <dir>', 'the folder of the package (default: extension-NAME beside Trellis)')
      .action(async (name: string, { directory }: { readonly directory?: string }) => {
        // Imported here, as in all commands: each takes what it needs, and help takes nothing.
        const { createExtension } = await import('./create-extension.ts')
        const folder = await createExtension({ name, directory })
        const shown = relative(process.cwd(), folder) || '.'
        print(`Wrote ${shown}. Next:\n\n  cd ${shown}\n  npm test`)
      }),
  )
