import { RowRefused } from './row-refused.ts'

/** Exact: the point of the decimal text is moved, and no number is ever computed. */
const decimal = /^(\d{1,14})(?:\.(\d+))?$/

/** @throws RowRefused when the text is no decimal number */
export function decimalOf(column: string, text: string): string {
  if (!decimal.test(text)) throw notA('a decimal number such as 1054.50', column, text)
  return text
}

/**
 * Millions as units: `1100.04` becomes `1100040000`.
 *
 * @throws RowRefused when the text is no decimal number
 */
export function millionsOf(column: string, text: string): string {
  const [, whole, fraction = ''] = decimal.exec(text) ?? []
  if (whole === undefined) throw notA('a decimal number such as 1100.04', column, text)
  const units = `${whole}${fraction.slice(0, 6).padEnd(6, '0')}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(6).replace(/0+$/, '')
  return rest === '' ? units : `${units}.${rest}`
}

/** @throws RowRefused when the text is no whole number */
export function wholeNumberOf(column: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw notA('a whole number', column, text)
  return Number(text)
}

/**
 * The first instant of a day, in UTC: `2017-03-01` becomes `2017-03-01T00:00:00.000Z`.
 *
 * @throws RowRefused when there is no such day
 */
export function midnightOf(column: string, text: string): string {
  const instant = `${text}T00:00:00.000Z`
  const date = new Date(instant)
  // JavaScript reads the 31st of February as the 3rd of March.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== instant)
    throw notA('a date such as 2017-03-01', column, text)
  return instant
}

/** What an empty cell becomes is `null`: the data does not say. */
export function optional<Value>(
  read: (column: string, text: string) => Value,
  column: string,
  text: string,
): Value | null {
  return text === '' ? null : read(column, text)
}

/** @throws RowRefused when the cell is empty */
export function textOf(column: string, text: string): string {
  if (text === '') throw new RowRefused(`${column} is empty.`)
  return text
}

const notA = (wanted: string, column: string, text: string): RowRefused =>
  new RowRefused(`${column} is "${text}", which is not ${wanted}.`)
