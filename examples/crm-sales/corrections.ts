import type { CsvRow } from './csv-file.ts'

/** A value of a column that is written wrongly, and what it should be. */
export interface Mistake {
  readonly file: string
  readonly column: string
  readonly from: string
  readonly to: string
}

/** A mistake that was found, and in how many rows. */
export interface Correction extends Mistake {
  readonly rows: number
}

/** The mistakes that the data set is known to have. */
export const knownMistakes: readonly Mistake[] = [
  { file: 'accounts.csv', column: 'sector', from: 'technolgy', to: 'technology' },
  { file: 'accounts.csv', column: 'office_location', from: 'Philipines', to: 'Philippines' },
  { file: 'sales_pipeline.csv', column: 'product', from: 'GTXPro', to: 'GTX Pro' },
]

export interface Corrected<Column extends string> {
  readonly rows: readonly CsvRow<Column>[]
  readonly corrections: readonly Correction[]
}

/** Puts right what is known to be wrong in a file, and counts it. */
export function correct<Column extends string>(
  file: string,
  rows: readonly CsvRow<Column>[],
  mistakes: readonly Mistake[] = knownMistakes,
): Corrected<Column> {
  const ofFile = mistakes.filter(mistake => mistake.file === file)
  const has = ({ fields }: CsvRow<Column>, { column, from }: Mistake): boolean =>
    Object.entries(fields).some(([name, value]) => name === column && value === from)
  return {
    rows: rows.map(row => {
      const mended = ofFile.filter(mistake => has(row, mistake)).map(({ column, to }) => [column, to])
      return { ...row, fields: { ...row.fields, ...Object.fromEntries(mended) } }
    }),
    corrections: ofFile
      .map(mistake => ({ ...mistake, rows: rows.filter(row => has(row, mistake)).length }))
      .filter(correction => correction.rows > 0),
  }
}
