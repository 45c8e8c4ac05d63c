import type { MigrationSource, MigrationStatus } from '../../database/migrations/index.ts'

/** Where one part of the database stands, a line for the sum and one for each migration that is not simply applied. */
export function describeStatus(
  { extension, postgresSchema }: MigrationSource,
  status: MigrationStatus,
): string {
  const { applied, pending, failed, edited, unknown } = status
  const counts = Object.entries({
    applied: applied.length,
    pending: pending.length,
    failed: failed.length,
    edited: edited.length,
    unknown: unknown.length,
  }).filter(([kind, count]) => kind === 'applied' || count > 0)
  return [
    `${extension ?? 'core'} (schema ${postgresSchema}): ${counts.map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
    ...pending.map(name => `  pending  ${name}`),
    ...failed.map(({ name, reason }) => `  failed   ${name}: ${reason ?? 'cut off, left no reason'}`),
    ...edited.map(name => `  edited   ${name}`),
    ...unknown.map(name => `  unknown  ${name}`),
  ].join('\n')
}
