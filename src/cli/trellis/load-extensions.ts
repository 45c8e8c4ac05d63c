import { existsSync, readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Extension } from '@trellis/sdk'
import { isExtension } from '../../sdk/is-extension.ts'
import { CommandError } from './command-error.ts'

const ours = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'package.json')).href

/** What an extension shares with Trellis: installed, it has no copies of its own. */
const isPeer = (specifier: string): boolean =>
  specifier === '@trellis/sdk' || /^(graphql|kysely)(\/|$)/.test(specifier)

/**
 * The extensions that the packages or files at these paths export.
 *
 * @throws CommandError when there is nothing at a path, it cannot be imported, or exports no extension
 */
export async function loadExtensions(paths: readonly string[]): Promise<readonly Extension[]> {
  const loaded = new Map<Extension, string>()
  for (const path of paths) for (const extension of await loadFrom(resolve(path))) loaded.set(extension, path)
  return [...loaded.keys()]
}

async function loadFrom(path: string): Promise<readonly Extension[]> {
  if (!existsSync(path)) throw new CommandError(`There is nothing at ${path}.`, { exitCode: 2 })
  const isFolder = statSync(path).isDirectory()
  const door = pathToFileURL(isFolder ? join(path, 'package.json') : path).href
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      // A package by its own name: Node then finds its door as it does when the package is installed.
      if (isFolder && specifier === door) return next(ownName(path), { ...context, parentURL: door })
      return isPeer(specifier) ? next(specifier, { ...context, parentURL: ours }) : next(specifier, context)
    },
  })
  try {
    const module: unknown = await import(door)
    const found = Object.values(Object(module)).flat().filter(isExtension)
    if (found.length > 0) return found
  } catch (cause) {
    if (cause instanceof CommandError) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${path} cannot be imported: ${said}`, { cause })
  } finally {
    hooks.deregister()
  }
  throw new CommandError(`${path} exports no extension: nothing there was made by defineExtension.`)
}

/** A package's own name, by which it imports itself. @throws CommandError when it has none, or nothing to import */
function ownName(folder: string): string {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) throw new CommandError(`${folder} is no package: it has no package.json.`)
  const { name, exports }: { name?: unknown; exports?: unknown } = Object(
    JSON.parse(readFileSync(file, 'utf8')),
  )
  if (typeof name === 'string' && exports !== undefined) return name
  throw new CommandError(`${file} needs "name" and "exports", such as "exports": "./index.js".`)
}
