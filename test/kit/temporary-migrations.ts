import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A Prisma schema and a migrations folder for one test, removed at the end of its block. */
export interface TemporaryMigrations extends AsyncDisposable {
  readonly directory: string
  readonly schemaDirectory: string
  /** Writes a migration, anew or over the one that has this name. */
  write(name: string, sql: string): Promise<void>
  /** Takes a migration away. */
  remove(name: string): Promise<void>
  /** Writes one file of the Prisma schema. */
  writeModel(file: string, content: string): Promise<void>
}

/** An empty folder with the start of a Prisma schema, and these migrations by name. */
export async function createTemporaryMigrations(
  migrations: Readonly<Record<string, string>> = {},
): Promise<TemporaryMigrations> {
  const root = await mkdtemp(join(tmpdir(), 'trellis-migrations-'))
  const directory = join(root, 'migrations')
  const schemaDirectory = join(root, 'schema')
  const writeFileAt = async (path: string, content: string) => {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  const write = (name: string, sql: string) => writeFileAt(join(directory, name, 'migration.sql'), sql)
  await mkdir(directory)
  await writeFileAt(join(schemaDirectory, 'main.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n')
  for (const [name, sql] of Object.entries(migrations)) await write(name, sql)
  return {
    directory,
    schemaDirectory,
    write,
    remove: name => rm(join(directory, name), { recursive: true }),
    writeModel: (file, content) => writeFileAt(join(schemaDirectory, file), content),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}
