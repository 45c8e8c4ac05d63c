import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DocumentNode } from 'graphql'

/** SDL read from a file, which messages then name with line and column. */
export interface SchemaFile {
  /** Absolute path. */
  readonly file: string
  readonly text: string
}

/** What a module or an extension supplies as SDL: a file, a text, or a parsed document. */
export type TypeDefs = SchemaFile | string | DocumentNode

/**
 * The `schema.graphql` beside the calling file: `typeDefs: loadSchema(import.meta.url)`.
 *
 * @throws Error with the path when there is no such file
 */
export function loadSchema(moduleUrl: string, name = 'schema.graphql'): SchemaFile {
  const file = fileURLToPath(new URL(name, moduleUrl))
  return { file, text: readFileSync(file, 'utf8') }
}
