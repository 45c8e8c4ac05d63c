import { readDocument, sectionOf } from '../documents/documents.ts'

/** A line of ARCHITECTURE.md's table of floors. */
export interface Room {
  readonly floor: number
  /** The start of its files' paths; `<x>` is one folder, each of which is a room of its own. */
  readonly path: string
  /** Rooms that it may import besides itself. */
  readonly mayImport: readonly string[]
}

const names = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? [])

/** The rooms, as ARCHITECTURE.md has them. */
export const rooms: readonly Room[] = sectionOf(readDocument('ARCHITECTURE.md'), '## Rooms and floors')
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(([, floor = '']) => /^\d+$/.test(floor))
  .flatMap(([, floor, path, mayImport]) =>
    names(path).map(name => ({ floor: Number(floor), path: name, mayImport: names(mayImport) })),
  )

const pattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('<x>', '[^/]+')}${path.endsWith('/') ? '' : '$'}`)

/** The room that a file is in, and which one of those that share a line. */
export function roomOf(file: string): (Room & { readonly place: string }) | undefined {
  for (const room of rooms) {
    const place = pattern(room.path).exec(file)?.[0]
    if (place !== undefined) return { ...room, place }
  }
  return undefined
}
