import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CodeBlock, codeBlocks } from './code-blocks.ts'

/** The folder that the documents name files in. */
export const repository = join(import.meta.dirname, '..', '..')

/** A document for readers. */
export interface Document {
  /** From the repository's root, such as `docs/api.md`. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly CodeBlock[]
}

export function readDocument(path: string): Document {
  const text = readFileSync(join(repository, path), 'utf8')
  return { path, text, blocks: codeBlocks(text) }
}

/** Every document: those at the root and those in `docs`. */
export const documents: readonly Document[] = globSync(['*.md', 'docs/**/*.md'], { cwd: repository })
  .toSorted()
  .map(readDocument)

/** The text without its fenced blocks. */
export const proseOf = ({ text }: Document): string => text.replaceAll(/^ *```[^]*?^ *```$/gm, '')

/** The first column of every table row that begins with code: what a table is a list of. */
export const tableKeys = (text: string): readonly string[] =>
  [...text.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, key]) => key ?? [])

/** What stands below a heading, up to the next one of its level or above. */
export function sectionOf({ path, text }: Document, heading: string): string {
  const start = text.indexOf(`\n${heading}\n`)
  if (start === -1) throw new Error(`${path} has no "${heading}".`)
  const level = /^#+/.exec(heading)?.[0].length ?? 1
  const rest = text.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end === -1 ? rest : rest.slice(0, end)
}
