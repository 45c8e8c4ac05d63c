import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const packages = [
  'postgraphile',
  'mercurius',
  '@apollo/server',
  '@pothos/plugin-prisma',
  '@prisma/client',
  'graphql-yoga',
]

/** The versions of the peers, as installed. */
export const versionsOf = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    packages.map(name => {
      const text = readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8')
      const { version } = JSON.parse(text) as { readonly version: string }
      return [name, version]
    }),
  )
