import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface ShelfOptions {
  /** @default 'shelf' */
  readonly name?: string
  /** What it depends on. @default nothing */
  readonly dependsOn?: Readonly<Record<string, string>>
  readonly version: string
  /** By name. */
  readonly migrations: Readonly<Record<string, string>>
  /** Whether it has the field `shelfMood` besides. @default false */
  readonly hasMood?: boolean
}

export const firstMigration = {
  '20260101000000_books': 'create table book (id text primary key);',
}

/** Writes the package of an extension with a table of its own. Answers its folder, which is the one of its version in `folder`. */
export async function writeShelf(folder: string, options: ShelfOptions): Promise<string> {
  const place = join(folder, `shelf-${options.version}`)
  await writeShelfTo(place, options)
  return place
}

/** Writes it to this very folder. */
export async function writeShelfTo(
  place: string,
  { name: own = 'shelf', dependsOn = {}, version, migrations, hasMood = false }: ShelfOptions,
): Promise<void> {
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(dirname(join(place, file)), { recursive: true })
    await writeFile(join(place, file), content)
  }
  await write(
    'package.json',
    JSON.stringify({
      name: `@acme/extension-${own}`,
      version,
      type: 'module',
      exports: './index.js',
      peerDependencies: { '@trellis/sdk': '^0.1.0', graphql: '^16.0.0' },
    }),
  )
  const mood = hasMood ? '"How it is."\n  shelfMood: String' : ''
  await write(
    'index.js',
    `import { defineExtension } from '@trellis/sdk'
import { GraphQLError } from 'graphql'

export const shelf = defineExtension({
  typeDefs: \`extend type Query {
  "Which version answers."
  ${own}Version: String
  ${mood}
}\`,
  compatibility: { trellis: '>=0.1.0' },
  permissions: { AGENT: ['Query.${own}Version'] },
  dependsOn: ${JSON.stringify(dependsOn)},
  resolvers: { Query: {
    ${own}Version: () => GraphQLError ? '${version}' : null,
    ${hasMood ? "shelfMood: () => 'good'," : ''}
  } },
})

export default shelf
`,
  )
  await write('prisma/schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n')
  for (const [name, sql] of Object.entries(migrations))
    await write(`prisma/migrations/${name}/migration.sql`, sql)
}
