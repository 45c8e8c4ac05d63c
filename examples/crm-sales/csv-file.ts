import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { InputError } from './input-error.ts'

/** A row of a CSV file, and where it stands there. */
export interface CsvRow<Column extends string> {
  /** File and line, such as `accounts.csv:12`. */
  readonly origin: string
  readonly fields: Readonly<Record<Column, string>>
}

/** @throws InputError when the file is missing or unreadable, or has other columns than these */
export async function readCsv<Column extends string>(
  folder: string,
  file: string,
  columns: readonly Column[],
): Promise<readonly CsvRow<Column>[]> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError(
      `${path} cannot be read (${reasonOf(cause)}). The folder has to hold the four CSV files.`,
      { cause },
    )
  })
  return parseCsv(text, file, columns)
}

/** @throws InputError that names file and line */
export function parseCsv<Column extends string>(
  text: string,
  file: string,
  columns: readonly Column[],
): readonly CsvRow<Column>[] {
  if (text.trim() === '') throw new InputError(`${file}:1: the file is empty; ${expected(columns)}`)
  const shape = { bom: true, trim: true, skip_empty_lines: true }
  try {
    const [header = []] = parse(text, { ...shape, to: 1 })
    checkHeader(header, file, columns)
    return parse<CsvRow<Column>, Record<Column, string>>(text, {
      ...shape,
      columns: true,
      on_record: (fields, { lines }) => ({ origin: `${file}:${lines}`, fields }),
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new InputError(`${file}:${String(error['lines'])}: ${error.message}`, { cause: error })
  }
}

/** @throws InputError when columns are missing, unknown or twice there */
function checkHeader(header: readonly string[], file: string, columns: readonly string[]): void {
  const problems = [
    ...columns.filter(column => !header.includes(column)).map(column => `the column "${column}" is missing`),
    ...header
      .filter(column => !columns.includes(column))
      .map(column => `the column "${column}" is not known`),
    ...header
      .filter((column, index) => header.indexOf(column) < index)
      .map(column => `the column "${column}" is there twice`),
  ]
  if (problems.length > 0) throw new InputError(`${file}:1: ${problems.join(', ')}; ${expected(columns)}`)
}

const expected = (columns: readonly string[]): string => `expected are ${columns.join(', ')}.`

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
