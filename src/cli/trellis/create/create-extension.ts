import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { extensions as installed } from '../../../../extensions/index.ts'
import { fieldPrefix, typePrefix } from '../../../composition/names.ts'
import packageJson from '../../../sdk/package.json' with { type: 'json' }
import { CommandError } from '../command-error.ts'
import { loadExtensions } from '../load-extensions.ts'
import { fillTemplate } from './fill-template.ts'
import { refuseName, refuseWhatDoesNotCompose } from './refuse-name.ts'

export interface CreateExtensionOptions {
  readonly name: string
  /** The folder of the package. @default `extension-<name>` beside the repository */
  readonly directory?: string | undefined
  /** A GraphQL service of its own, rather than code in the gateway's process. @default false */
  readonly remote?: boolean | undefined
}

const repository = join(import.meta.dirname, '..', '..', '..', '..')
const templates = join(import.meta.dirname, '..', 'templates')

/**
 * Writes the package of an extension that composes and whose test passes: all of it, or nothing.
 *
 * @returns the folder, absolute
 * @throws CommandError when the name is not allowed or taken, or the folder is there
 */
export async function createExtension({
  name,
  directory,
  remote = false,
}: CreateExtensionOptions): Promise<string> {
  refuseName(name, installed)
  const folder = resolve(directory ?? join(repository, '..', `extension-${name}`))
  if (existsSync(folder))
    throw new CommandError(`${folder} is there already. Name another folder: --directory DIR.`)
  await mkdir(dirname(folder), { recursive: true })
  // Beside the folder that it becomes, so that one renaming brings all of it there, and relative paths hold in both.
  const staging = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`))
  try {
    await writePackage({ name, folder, staging, template: remote ? 'remote' : 'extension' })
    refuseWhatDoesNotCompose(name, [...installed, ...(await loadExtensions([staging]))])
    await rename(staging, folder)
    return folder
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

interface Writing {
  readonly name: string
  readonly folder: string
  readonly staging: string
  readonly template: 'extension' | 'remote'
}

async function writePackage({ name, folder, staging, template }: Writing): Promise<void> {
  const source = join(templates, template)
  const values = {
    name,
    Name: typePrefix(name),
    camel: fieldPrefix(name),
    version: packageJson.version,
    graphql: packageJson.peerDependencies.graphql,
    kysely: packageJson.peerDependencies.kysely,
    trellis: asPath(relative(folder, repository)),
    here: asPath(relative(repository, folder)),
  }
  for (const file of await readdir(source, { recursive: true })) {
    if (!file.endsWith('.template')) continue
    const text = fillTemplate(await readFile(join(source, file), 'utf8'), values)
    const target = join(staging, file.replace(/\.template$/, '').replace(/^(gitignore|npmrc)$/, '.$1'))
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text)
  }
}

/** With `/` on every system, as `package.json` and imports want it, and a first `.` that says that it is a path. */
function asPath(path: string): string {
  const posix = path.split(sep).join('/')
  return /^(\.|\/|[a-z]:)/i.test(posix) ? posix : `./${posix}`
}
