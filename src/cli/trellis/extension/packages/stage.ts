import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Extension } from '@trellis/sdk'
import { z } from 'zod'
import { type PackageImporter, stagingPrefix } from '../../../../installed/index.ts'
import { CommandError } from '../../command-error.ts'
import { sourceOf } from './package-source.ts'

/** A package that was fetched, and is not installed yet. */
export interface Staged {
  readonly folder: string
  readonly package: string
  /** Where it came from, as `sourceOf` has it. */
  readonly source: string | null
  readonly extension: Extension & { readonly name: string; readonly version: string }
}

const manifestShape = z.object({ dependencies: z.record(z.string(), z.string()) })
const packageShape = z.object({ name: z.string(), version: z.string() })

/**
 * Fetches a package with npm, apart from everything that is installed.
 *
 * @param specification the name of a package as npm takes it, a tarball or a folder
 * @throws CommandError when npm cannot fetch it, or it is no extension
 */
export async function stage(
  specification: string,
  { folder, importer }: { readonly folder: string; readonly importer: PackageImporter },
): Promise<Staged> {
  const staging = await mkdtemp(stagingPrefix(folder))
  await writeFile(join(staging, 'package.json'), '{ "private": true }\n')
  const what = existsSync(specification) ? resolve(specification) : specification
  await npmInstall(staging, what)
  const { dependencies } = manifestShape.parse(await readJson(join(staging, 'package.json')))
  const [[name, saved] = ['', '']] = Object.entries(dependencies)
  const manifest = packageShape.parse(
    await readJson(join(staging, 'node_modules', ...name.split('/'), 'package.json')),
  )
  try {
    const extension = await importer.importFrom(staging, name)
    const own = {
      ...extension,
      name: extension.name ?? name.replace(/^@[^/]+\//, '').replace(/^extension-/, ''),
      version: extension.version ?? manifest.version,
    }
    return { folder: staging, package: name, source: sourceOf(what, saved), extension: own }
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${specification} is no extension that can be installed: ${said}`, { cause })
  }
}

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))

/** Its own dependencies and none of its peers, which are ours; no scripts of it are run. */
async function npmInstall(prefix: string, what: string): Promise<void> {
  const words = ['--omit=peer', '--legacy-peer-deps', '--install-links', '--ignore-scripts']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  try {
    await promisify(execFile)('npm', ['install', '--prefix', prefix, ...words, ...quiet, what], {
      shell: process.platform === 'win32',
    })
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
    throw new CommandError(`npm cannot install ${what}:\n${said.trim()}`, { cause })
  }
}
