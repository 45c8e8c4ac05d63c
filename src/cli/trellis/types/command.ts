import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

interface Options {
  readonly out?: string
  readonly extension?: string
}

/** `trellis types [PATH…]` */
export const typesCommand = ({ print }: Surroundings): Command =>
  new Command('types')
    .description('make the TypeScript types of resolvers from the composed schema')
    .argument('[paths...]', 'packages or files of extensions (default: those that are installed)')
    .option('--out <file>', 'where the types go (default: standard output)')
    .option('--extension <name>', 'what this extension answers for, and no more')
    .action(async (paths: readonly string[], { out, extension }: Options) => {
      const { generateTypes } = await import('./generate-types.ts')
      const types = await generateTypes({ paths, extension })
      if (out === undefined) return print(types)
      writeFileSync(out, types)
      print(`Wrote ${out}.`)
    })
