import { createLoader, type Filter, type Loader, type PageArguments } from '@trellis/sdk'
import { stableJson } from '../lib/stable-json.ts'
import type { Row } from './page.ts'
import { parentAlias, together } from './sql/list.ts'
import type { Sql } from './sql/statement.ts'

/** Filters beside a client's, of one statement, at most: each may have 200 values, and PostgreSQL takes 65,535. */
const most = 50

/** Items in groups of as many as a statement takes. */
export const chunksOf = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  )

export interface BesidesOptions {
  readonly read: (statement: Sql) => Promise<readonly Row[]>
  readonly cache: boolean
}

/** A part of a list, such as its page, as a statement for these arguments. */
type Part = (args: PageArguments) => Sql

/** Lists that are asked for alike but for the filters beside the client's. */
interface Alike {
  readonly filters: Map<string, readonly Filter[]>
  readonly loader: Loader<string, readonly Row[]>
}

/**
 * Reads lists that differ in the filters beside the client's only, such as those of several segments: those that are
 * asked for in one turn share a statement.
 */
export function createBesides({ read, cache }: BesidesOptions) {
  const known = new Map<string, Alike>()

  const readTogether = async (
    keys: readonly string[],
    statementOf: (key: string) => Sql,
  ): Promise<ReadonlyMap<string, readonly Row[]>> => {
    const numbered = keys.map((key, index) => [String(index), statementOf(key)] as const)
    const statements = chunksOf(numbered).map(chunk => together(new Map(chunk)))
    const rows = (await Promise.all(statements.map(read))).flat()
    return Map.groupBy(rows, row => keys[Number(row[parentAlias])] ?? '')
  }

  const alike = (args: PageArguments, part: Part): Alike => {
    const filters = new Map<string, readonly Filter[]>()
    const statementOf = (key: string): Sql => part({ ...args, also: filters.get(key) ?? [] })
    return { filters, loader: createLoader(keys => readTogether(keys, statementOf), { cache }) }
  }

  return async (name: string, { also = [], ...args }: PageArguments, part: Part): Promise<readonly Row[]> => {
    const identity = stableJson([name, args])
    const found = known.get(identity) ?? alike(args, part)
    known.set(identity, found)
    const key = stableJson(also)
    found.filters.set(key, also)
    return (await found.loader.load(key)) ?? []
  }
}
