import { type Migration, matchesChecksum } from './migration-folder.ts'
import type { HistoryEntry } from './migration-history.ts'
import { withoutTrace } from './without-trace.ts'

/** A migration that was started and did not finish. */
export interface FailedMigration {
  readonly name: string
  /** What PostgreSQL answered; `null` when the process was killed before it could note that down. */
  readonly reason: string | null
}

/** Where a database stands against a folder of migrations; every name is in one list only. */
export interface MigrationStatus {
  /** In the folder, and applied as it is there. */
  readonly applied: readonly string[]
  /** In the folder only. */
  readonly pending: readonly string[]
  readonly failed: readonly FailedMigration[]
  /** Applied, but the folder's file was changed since. */
  readonly edited: readonly string[]
  /** Applied, but not in the folder. */
  readonly unknown: readonly string[]
}

/** Sorts the folder's and the history's migrations into the five lists of a status. */
export function compareHistory(
  migrations: readonly Migration[],
  history: readonly HistoryEntry[],
): MigrationStatus {
  const entries = new Map(history.map(entry => [entry.name, entry]))
  const failed = history.filter(entry => !entry.finished)
  const failedNames = new Set(failed.map(({ name }) => name))
  const folderNames = new Set(migrations.map(({ name }) => name))
  const finished = migrations.filter(({ name }) => entries.has(name) && !failedNames.has(name))
  const isEdited = ({ name, sql }: Migration) => !matchesChecksum(sql, entries.get(name)?.checksum ?? '')
  return {
    applied: finished.filter(migration => !isEdited(migration)).map(({ name }) => name),
    pending: migrations.map(({ name }) => name).filter(name => !entries.has(name)),
    failed: failed.map(({ name, logs }) => ({ name, reason: logs === null ? null : withoutTrace(logs) })),
    edited: finished.filter(isEdited).map(({ name }) => name),
    unknown: [...entries.keys()].filter(name => !folderNames.has(name) && !failedNames.has(name)),
  }
}

/** Whether everything in the folder is applied and nothing else was. */
export function isCurrent({ pending, failed, edited, unknown }: MigrationStatus): boolean {
  return [pending, failed, edited, unknown].every(list => list.length === 0)
}
