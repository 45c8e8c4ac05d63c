import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { printSchema } from 'graphql'
import { extensions as installed } from '../../../../extensions/index.ts'
import { createCore } from '../../../start/core.ts'
import { CommandError } from '../command-error.ts'
import { composeAndReport } from '../compose-and-report.ts'
import { loadExtensions } from '../load-extensions.ts'
import { ownPart } from './own-part.ts'

export interface TypesOptions {
  /** Packages or files of extensions; none for those that are installed. */
  readonly paths: readonly string[]
  /** The extension whose resolvers are to be typed; all of the schema without it. */
  readonly extension?: string | undefined
}

const repository = join(import.meta.dirname, '..', '..', '..', '..')

/**
 * TypeScript with the types of resolvers and their arguments, from what composes.
 *
 * @throws CommandError when it does not compose, there is no such extension, or the generator is not installed
 */
export async function generateTypes({ paths, extension }: TypesOptions): Promise<string> {
  const { composition, problems } = composeAndReport(
    paths.length > 0 ? await loadExtensions(paths) : installed,
  )
  const error = problems.find(({ severity }) => severity === 'error')
  if (!composition || error)
    throw new CommandError(`This does not compose, as trellis check says: ${error?.message ?? ''}`)
  const { schema, ownership, extensions } = composition
  if (extension === undefined) return generate(printSchema(schema))
  const names = extensions.map(({ name }) => name)
  if (names.includes(extension)) return generate(printSchema(ownPart(schema, ownership, extension)))
  throw new CommandError(
    `There is no extension ${JSON.stringify(extension)}; there are: ${names.join(', ') || 'none'}.`,
  )
}

const codegen = join(repository, 'node_modules', '@graphql-codegen', 'cli', 'esm', 'bin.js')

async function generate(sdl: string): Promise<string> {
  if (!existsSync(codegen))
    throw new CommandError(
      'graphql-codegen, which makes the types, is a development dependency and is not installed: run `npm install --include=dev`.',
    )
  const folder = await mkdtemp(join(tmpdir(), 'trellis-types-'))
  try {
    const schema = join(folder, 'schema.graphql')
    const config = join(folder, 'codegen.json')
    const types = join(folder, 'types.ts')
    await writeFile(schema, sdl)
    await writeFile(config, JSON.stringify({ generates: { [types]: { schema, ...generator(sdl) } } }))
    await promisify(execFile)(process.execPath, [codegen, '--config', config], { cwd: repository })
    return await readFile(types, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** As codegen.yml has it for the core, with the rows of the core's records from where an extension finds them. */
function generator(sdl: string): object {
  const { entities } = createCore()
  const isUsed = (name: string): boolean => new RegExp(`^type ${name}\\b`, 'm').test(sdl)
  return {
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      strictScalars: true,
      immutableTypes: true,
      emitLegacyCommonJSImports: false,
      defaultScalarType: 'unknown',
      contextType: '@trellis/sdk#Context',
      scalars: { DateTime: 'Date', Date: 'string', Decimal: 'string', JSON: 'Record<string, unknown>' },
      mappers: Object.fromEntries(
        [...entities.keys()].filter(isUsed).map(name => [name, `@trellis/sdk#${name}Row`]),
      ),
    },
  }
}
