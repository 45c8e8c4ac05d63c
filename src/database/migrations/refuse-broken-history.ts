import type { MigrationStatus } from './compare-history.ts'
import { MigrationError } from './migration-error.ts'

/**
 * Throws when the history does not lead to the folder's migrations, so that nothing is applied on
 * top of tables nobody described. Unknown ones come first: beside them the others may be untrue.
 */
export function refuseBrokenHistory(
  { unknown, failed, edited }: MigrationStatus,
  postgresSchema: string,
  cause?: unknown,
): void {
  const where = `PostgreSQL schema "${postgresSchema}"`
  if (unknown.length > 0) {
    throw new MigrationError(
      'unknown',
      `${where} has migrations that this version does not know: ${unknown.join(', ')}. ` +
        'A newer version of Trellis (or of the extension) has been here: start that version, or restore a backup from before it.',
    )
  }
  const [first] = failed
  if (first !== undefined) {
    throw new MigrationError(
      'failed',
      `Migration ${first.name} in ${where} did not finish: ${first.reason ?? 'it was cut off, and left no reason'}\n${failedRemedy(first.name, postgresSchema)}`,
      { cause },
    )
  }
  if (edited.length > 0) {
    throw new MigrationError(
      'edited',
      `Applied to ${where} and changed since: ${edited.join(', ')}. ` +
        'Restore the migration.sql as it was applied, and put the change into a new migration (npm run migrate -- new NAME).',
    )
  }
}

function failedRemedy(name: string, postgresSchema: string): string {
  const extension = postgresSchema.startsWith('ext_')
    ? ` --extension ${postgresSchema.slice('ext_'.length)}`
    : ''
  const resolve = `npm run migrate -- resolve ${name}${extension}`
  return (
    'PostgreSQL takes back a script that fails, unless the script commits by itself. Put its cause right, then have it applied again ' +
    `with "${resolve} --rolled-back"; or, if all its changes are in the database, go on with "${resolve} --applied".`
  )
}
