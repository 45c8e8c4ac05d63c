import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationError } from './migration-error.ts'

/** A part of the installation that has tables of its own: the core, or an extension. */
export interface MigrationSource {
  /** The extension's name; `null` is the core. */
  readonly extension: string | null
  readonly directory: string
  readonly schemaDirectory: string
  readonly postgresSchema: string
}

/** The PostgreSQL schema of an extension's own tables; a hyphen, which would need quotes everywhere, becomes an underscore. */
export function extensionPostgresSchema(extension: string): string {
  return `ext_${extension.replaceAll('-', '_')}`
}

/** The core's migrations in the folder that Trellis is installed in. */
export function coreSource(root: string): MigrationSource {
  return {
    extension: null,
    directory: join(root, 'prisma', 'migrations'),
    schemaDirectory: join(root, 'prisma', 'schema'),
    postgresSchema: 'public',
  }
}

/** The migrations of the extension whose package lies at `path`. */
export function extensionSource(extension: string, path: string): MigrationSource {
  return {
    extension,
    directory: join(path, 'prisma', 'migrations'),
    schemaDirectory: join(path, 'prisma'),
    postgresSchema: extensionPostgresSchema(extension),
  }
}

/** The core, then every extension in `extensions/` that has a Prisma schema, by name. */
export async function listMigrationSources(root: string): Promise<readonly MigrationSource[]> {
  const extensions = join(root, 'extensions')
  const names = existsSync(extensions) ? await readdir(extensions) : []
  const sources = names.toSorted().map(name => extensionSource(name, join(extensions, name)))
  return [coreSource(root), ...sources.filter(({ schemaDirectory }) => existsSync(schemaDirectory))]
}

/**
 * The one part that is meant by an extension's name, or by `null`, the core.
 * @throws MigrationError when no such extension has a Prisma schema
 */
export async function findMigrationSource(root: string, extension: string | null): Promise<MigrationSource> {
  const sources = await listMigrationSources(root)
  // By PostgreSQL schema, so that company_profile, as errors know it, is found as company-profile too.
  const postgresSchema =
    extension === null ? coreSource(root).postgresSchema : extensionPostgresSchema(extension)
  const found = sources.find(source => source.postgresSchema === postgresSchema)
  if (found !== undefined) return found
  const known = sources.flatMap(source => source.extension ?? [])
  throw new MigrationError(
    'name',
    `No extension "${extension}" has a Prisma schema in ${join(root, 'extensions', '<name>', 'prisma')}; ` +
      `these have: ${known.join(', ') || 'none'}.`,
  )
}
