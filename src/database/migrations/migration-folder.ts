import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationError } from './migration-error.ts'

/** One migration as it lies on disk. */
export interface Migration {
  /** The folder's name, which is also its name in the history. */
  readonly name: string
  readonly sql: string
}

/** The migrations in `directory`, in the order in which they are applied: that of their names. */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new MigrationError(
      'folder',
      `The migrations folder ${directory} cannot be read. If there is no migration yet, write the first one with npm run migrate -- new NAME.`,
      { cause },
    )
  })
  const names = entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted()
  return Promise.all(names.map(name => readMigration(directory, name)))
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const path = join(directory, name, 'migration.sql')
  try {
    return { name, sql: await readFile(path, 'utf8') }
  } catch (cause) {
    throw new MigrationError(
      'folder',
      `${path} cannot be read. A migration is a folder with a migration.sql: restore the file, or remove the folder ` +
        'if it was left behind by another branch.',
      { cause },
    )
  }
}

/**
 * Whether `sql` is what was applied when `checksum` was recorded. Line ends may differ, since git
 * changes them between platforms; so does Prisma's engine (checksum.rs, `script_matches_checksum`).
 */
export function matchesChecksum(sql: string, checksum: string): boolean {
  return [sql, sql.replaceAll('\r\n', '\n'), sql.replaceAll('\n', '\r\n')].some(
    variant => createHash('sha256').update(variant).digest('hex') === checksum,
  )
}
