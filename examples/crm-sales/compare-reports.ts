import { type ReportTables, type Rows, type TableForm, tableForms } from './report-tables.ts'
import { table } from './table.ts'

/** What the API's reports say, held against what the files add up to. */
export interface Comparison {
  readonly text: string
  readonly isSame: boolean
}

/** Rows in any order; what the API has otherwise than the files is shown beside it. */
export function compareReports(api: ReportTables, files: ReportTables): Comparison {
  const compared = tableForms.map(form => {
    const [ours, theirs] = [api[form.name], files[form.name]]
    const [surplus, missing] = [without(ours, theirs), without(theirs, ours)]
    const isSame = surplus.length === 0 && missing.length === 0
    const verdict = isSame
      ? ['  as in the files']
      : [...differing('only the API says', form, surplus), ...differing('only the files say', form, missing)]
    return {
      isSame,
      lines: [`The API reports: ${form.title}`, ...shown(form, ours), ...verdict, ''],
    }
  })
  return {
    text: compared.flatMap(({ lines }) => lines).join('\n'),
    isSame: compared.every(({ isSame }) => isSame),
  }
}

/** The rows of one table that another has not, or not as often. */
function without(rows: Rows, others: Rows): Rows {
  const rest = others.map(row => JSON.stringify(row))
  return rows.filter(row => {
    const place = rest.indexOf(JSON.stringify(row))
    if (place !== -1) rest.splice(place, 1)
    return place === -1
  })
}

const shown = ({ columns, alignment }: TableForm, rows: Rows): readonly string[] =>
  table([columns, ...rows], alignment)

const differing = (title: string, form: TableForm, rows: Rows): readonly string[] =>
  rows.length === 0 ? [] : [`  but ${title}`, ...shown(form, rows)]
