import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Extension, Permissions } from '@trellis/sdk'
import { type Composition, CompositionError } from '../../../../composition/index.ts'
import type { ConnectionParts } from '../../../../database/connection.ts'
import {
  extensionSource,
  type MigrationStatus,
  migrationStatus,
} from '../../../../database/migrations/index.ts'
import {
  createAddedRemotes,
  type Decisions,
  type Plan,
  planOf,
  readDecisions,
} from '../../../../lifecycle/index.ts'
import { composeWith } from '../../../../start/composed-schema.ts'
import { CommandError } from '../../command-error.ts'
import { withDatabase } from './with-database.ts'

/** What a change of the installed extensions would do. */
export interface ChangePlan {
  readonly schema: Plan
  /** The PostgreSQL schema of its tables, and the migrations that would be applied to it. */
  readonly tables: { readonly postgresSchema: string; readonly pending: readonly string[] } | null
  /** Migrations that were applied and that the code does not know: its tables are of a newer version. */
  readonly newer: readonly string[]
  /** What it asks to be allowed. */
  readonly scopes: readonly string[]
  /** What it lets other roles than administrators ask for, by role. */
  readonly permissions: Permissions
  /** The range of Trellis versions that it is for. */
  readonly compatibility: string | null
  /** Whether it is there and serves nobody, until it is enabled. */
  readonly isDisabled: boolean
}

export interface PlanChangeOptions {
  readonly name: string
  readonly others: readonly Extension[]
  /** What serves now, and what is to; `null` for nothing. */
  readonly before: Extension | null
  readonly after: Extension | null
  readonly connection: ConnectionParts
  /** Whether services that were added may be at private addresses. */
  readonly allowPrivate: boolean
}

/** @throws CommandError when it would not compose, or others would be left out for it */
export async function planChange({
  name,
  others,
  before,
  after,
  connection,
  allowPrivate,
}: PlanChangeOptions): Promise<ChangePlan> {
  const decisions = await withDatabase(connection, readDecisions)
  const beside = [...others, ...createAddedRemotes({ allowPrivate })(decisions)]
  const had = composed([...beside, ...(before ? [before] : [])], decisions)
  const has = composed([...beside, ...(after ? [after] : [])], decisions)
  refuseLeftOut(name, had, has)
  const status = after && (await statusOf(after, name, connection))
  return {
    schema: planOf(had, has),
    tables: status && { postgresSchema: status.postgresSchema, pending: status.pending },
    newer: status?.unknown ?? [],
    scopes: after ? scopesOf(after) : [],
    permissions: after?.permissions ?? {},
    compatibility: after?.compatibility?.trellis ?? null,
    isDisabled: after !== null && decisions.get(name)?.isEnabled === false,
  }
}

function composed(extensions: readonly Extension[], decisions: Decisions): Composition {
  try {
    return composeWith(extensions, { decisions })
  } catch (cause) {
    if (cause instanceof CompositionError) throw new CommandError(cause.message, { cause })
    throw cause
  }
}

/** Whoever would be left out and is not now, or is what this is about. */
function refuseLeftOut(name: string, had: Composition, has: Composition): void {
  const stood = new Set(
    had.extensions.filter(({ status }) => status === 'ENABLED').map(extension => extension.name),
  )
  const fallen = has.extensions.filter(
    ({ name: other, status }) => status === 'QUARANTINED' && (other === name || stood.has(other)),
  )
  if (fallen.length === 0) return
  const reasons = fallen.flatMap(({ problems }) =>
    problems
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, fix }) => `${code}: ${message} ${fix}`),
  )
  throw new CommandError(
    `Nothing was changed: ${fallen.map(extension => extension.name).join(', ')} would be left out.\n${[...new Set(reasons)].join('\n')}`,
  )
}

async function statusOf(
  { file }: Extension,
  name: string,
  connection: ConnectionParts,
): Promise<(MigrationStatus & { readonly postgresSchema: string }) | null> {
  const source = extensionSource(name, dirname(file))
  if (!existsSync(source.directory)) return null
  const { postgresSchema } = source
  return { ...(await migrationStatus({ connection, ...source })), postgresSchema }
}

/** What it may do at most, where it says so. */
const scopesOf = (extension: Extension): readonly string[] =>
  'scopes' in extension && Array.isArray(extension.scopes) ? extension.scopes.map(String) : []
