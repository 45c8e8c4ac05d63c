import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SchemaContainer } from '@prisma/schema-engine-wasm'
import { MigrationError } from './migration-error.ts'

/** The `*.prisma` files of a folder, which together are one Prisma schema. */
export async function readPrismaSchema(directory: string): Promise<SchemaContainer[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new MigrationError('schema', `The folder of the Prisma schema, ${directory}, cannot be read.`, {
      cause,
    })
  })
  const files = names.filter(name => name.endsWith('.prisma')).toSorted()
  if (files.length === 0) {
    throw new MigrationError(
      'schema',
      `There is no *.prisma file in ${directory}, where a Prisma schema is expected.`,
    )
  }
  return Promise.all(
    files.map(async path => ({ path, content: await readFile(join(directory, path), 'utf8') })),
  )
}
