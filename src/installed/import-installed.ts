import { realpath } from 'node:fs/promises'
import type { Extension } from '@trellis/sdk'
import { createPackageImporter } from './import-package.ts'
import { installedFolder, versionFolder } from './places.ts'
import { readState } from './state.ts'

/** What commands have installed, as it is to be served. */
export interface Installed {
  /** Where their packages lie, as Node names it; `null` where none are. */
  readonly folder: string | null
  readonly extensions: readonly Extension[]
  /** Those whose tables may be newer than their code. */
  readonly withNewerTables: ReadonlySet<string>
}

/**
 * Imports what commands have installed. What cannot be imported is in its place all the same, and says why when it is
 * set up: it is quarantined, and the others start.
 *
 * @throws Error when what is installed cannot be read
 */
export async function importInstalled(dataDirectory: string): Promise<Installed> {
  const given = installedFolder(dataDirectory)
  const installed = Object.entries((await readState(given)).extensions)
  // Whoever has installed nothing pays nothing for it.
  if (installed.length === 0) return { folder: null, extensions: [], withNewerTables: new Set() }
  // Node names modules by where they really are.
  const folder = await realpath(given)
  const importer = createPackageImporter(folder)
  const extensions = await Promise.all(
    installed.map(async ([name, { current }]) => {
      const place = versionFolder(folder, name, current.version)
      try {
        const extension = await importer.importFrom(place, current.package)
        return { ...extension, name, version: current.version }
      } catch (cause) {
        return broken({ name, version: current.version, place, cause })
      }
    }),
  )
  const newer = installed.flatMap(([name, { acceptsNewerTables }]) => (acceptsNewerTables ? [name] : []))
  return { folder, extensions, withNewerTables: new Set(newer) }
}

interface Broken {
  readonly name: string
  readonly version: string
  readonly place: string
  readonly cause: unknown
}

/** One that has nothing in the schema and cannot be set up. */
const broken = ({ name, version, place, cause }: Broken): Extension => ({
  name,
  version,
  file: `${place}/package.json`,
  typeDefs: '',
  setup() {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `${name} ${version} in ${place} cannot be imported: ${said} Roll it back, upgrade or uninstall it: npx trellis extension --help.`,
      { cause },
    )
  },
})
