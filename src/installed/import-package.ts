import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Extension } from '@trellis/sdk'
import { isExtension } from '../sdk/is-extension.ts'

/** What an extension shares with Trellis: of these there may be one copy only, ours. */
const isShared = (specifier: string): boolean =>
  specifier === '@trellis/sdk' || /^(graphql|kysely)(\/|$)/.test(specifier)

const ours = import.meta.url

/** Where a package is asked for that was installed apart from us. */
const door = 'trellis-installed:'

/** Imports packages from folders of their own. */
export interface PackageImporter {
  /** The extension that the package `name` in `folder` exports. @throws Error when there is not exactly one, or it cannot be imported */
  readonly importFrom: (folder: string, name: string) => Promise<Extension>
}

/**
 * Lets packages below `root` find what they share with Trellis, for the life of the process: they may import it at any time.
 * Node looks in the folders above a file only, and ours is none of them.
 */
export function createPackageImporter(root: string): PackageImporter {
  const inside = `${pathToFileURL(root).href}/`
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith(door)) {
        const { searchParams } = new URL(specifier)
        const manifest = join(searchParams.get('folder') ?? '', 'package.json')
        return next(searchParams.get('name') ?? '', { ...context, parentURL: pathToFileURL(manifest).href })
      }
      if (context.parentURL?.startsWith(inside) && isShared(specifier))
        return next(specifier, { ...context, parentURL: ours })
      return next(specifier, context)
    },
  })
  return {
    async importFrom(folder, name) {
      const module: unknown = await import(`${door}?${new URLSearchParams({ folder, name }).toString()}`)
      const found = new Set(Object.values(Object(module)).flat().filter(isExtension))
      const [extension, ...others] = found
      if (!extension)
        throw new Error(`${name} exports no extension: nothing there was made by defineExtension.`)
      if (others.length > 0)
        throw new Error(`${name} exports ${found.size} extensions; an installed package has one.`)
      return extension
    },
  }
}
