import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const peers = [
  'postgraphile',
  '@graphile/pg-aggregates',
  'mercurius',
  '@apollo/server',
  '@pothos/core',
  '@graphql-hive/gateway-runtime',
  '@pothos/plugin-prisma',
  'graphql-yoga',
  'graphql-jit',
  '@prisma/client',
  'pg',
  'autocannon',
] as const

/** Versions of Trellis and of what is installed beside it. */
export const versionsOf = (): Readonly<Record<string, string>> => ({
  Trellis: versionIn(join(import.meta.dirname, '..')),
  ...Object.fromEntries(
    peers.map(name => [name, versionIn(join(import.meta.dirname, 'node_modules', name))]),
  ),
})

function versionIn(folder: string): string {
  const read: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : 'unknown'
}
