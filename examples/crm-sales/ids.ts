import { RowRefused } from './row-refused.ts'

/** The API's ids of the records of one kind, by their ids in the files. */
export type Ids = ReadonlyMap<string, string>

/**
 * The id of a record that a row refers to by name.
 *
 * @throws RowRefused when nothing of that name was loaded
 */
export function idOf(ids: Ids, column: string, name: string): string {
  const id = ids.get(name)
  if (id === undefined)
    throw new RowRefused(`${column} is "${name}", which is not in the files or was refused.`)
  return id
}
