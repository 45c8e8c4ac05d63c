import { defineConfig } from 'prisma/config'

// `prisma generate` looks for a native engine that it then never runs; any executable satisfies it,
// and nothing is downloaded. Migrations run in Prisma's WebAssembly engine instead (src/database).
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
})
