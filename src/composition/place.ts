import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { type ASTNode, getLocation, type Location, type Source } from 'graphql'
import type { Place } from './problem.ts'
import type { Subschema } from './subschema.ts'

/** What a problem points at: a node of a subschema, or the subschema's declaration as a whole. */
export interface Spot {
  readonly subschema: Subschema
  readonly node?: ASTNode | undefined
  /** A place in a text that has no nodes yet, since it did not parse. */
  readonly position?: { readonly source: Source; readonly start: number } | undefined
  /** Tells which module of the core it is. */
  readonly coordinate?: string | undefined
}

/** Where `spot` is written, by its owner's name. */
export function placeOf({ subschema, node, position, coordinate }: Spot): Place {
  const { version } = subschema
  const name = subschema.kind === 'core' ? moduleOf(subschema.owners, coordinate) : subschema.name
  const start = position ?? (node === undefined ? undefined : locationOf(node))
  const place =
    start === undefined ? declarationIn(subschema, node !== undefined) : positionIn(start.source, start.start)
  return { name, version, ...place, file: shortened(place.file) }
}

/** The module of the core that a coordinate belongs to. */
export function moduleOf(owners: ReadonlyMap<string, string>, coordinate = ''): string {
  const parts = coordinate.split('.')
  const candidates = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
  return candidates.map(candidate => owners.get(candidate)).find(owner => owner !== undefined) ?? 'core'
}

/** The name of what is defined, rather than the description above it. */
const locationOf = (node: ASTNode): Location | undefined =>
  'name' in node ? (node.name?.loc ?? node.loc) : node.loc

/** Line and column in the file that a source was cut from. */
function positionIn(source: Source, start: number): Pick<Place, 'file' | 'line' | 'column'> {
  const { line, column } = getLocation(source, start)
  const { locationOffset, name } = source
  return {
    file: name,
    line: line + locationOffset.line - 1,
    column: line === 1 ? column + locationOffset.column - 1 : column,
  }
}

/** Where an extension is declared, for what is not written in SDL. A node that has lost its place is at 1:1. */
function declarationIn(subschema: Subschema, placeLost: boolean): Pick<Place, 'file' | 'line' | 'column'> {
  const { file } = subschema
  const nowhere = { file, line: 1, column: 1 }
  if (placeLost || subschema.kind === 'core' || !existsSync(file)) return nowhere
  const text = readFileSync(file, 'utf8')
  const start = text.indexOf('defineExtension(')
  return start === -1 ? nowhere : { file, ...lineAndColumn(text, start) }
}

/** One-based, as editors count. */
export function lineAndColumn(
  text: string,
  index: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Relative to the working directory when below it. */
export function shortened(file: string): string {
  if (!isAbsolute(file)) return file
  const path = relative(process.cwd(), file)
  return path.startsWith('..') || isAbsolute(path) ? file : path
}
