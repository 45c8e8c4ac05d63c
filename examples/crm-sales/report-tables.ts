/** Cells of a row: what it is about, then its figures. */
export type Rows = readonly (readonly string[])[]

/** Figures of the data set, whoever computed them. */
export interface ReportTables {
  readonly wonByOffice: Rows
  readonly wonByMonth: Rows
  readonly wonByMonthAndOffice: Rows
  readonly winRateByAgent: Rows
  readonly daysToCloseBySector: Rows
}

/** How a table is shown. */
export interface TableForm {
  readonly name: keyof ReportTables
  readonly title: string
  readonly columns: readonly string[]
  /** A letter for each column, as `table` takes it. */
  readonly alignment: string
}

/** The tables in the order in which they are shown. */
export const tableForms: readonly TableForm[] = [
  {
    name: 'wonByOffice',
    title: 'won by regional office',
    columns: ['', 'count', 'USD'],
    alignment: 'lrr',
  },
  { name: 'wonByMonth', title: 'won by month', columns: ['', 'count', 'USD'], alignment: 'lrr' },
  {
    name: 'wonByMonthAndOffice',
    title: 'won by month and regional office',
    columns: ['', '', 'count', 'USD'],
    alignment: 'llrr',
  },
  {
    name: 'winRateByAgent',
    title: 'how many of the decided are won, by agent',
    columns: ['', 'won', 'lost', 'rate'],
    alignment: 'lrrr',
  },
  {
    name: 'daysToCloseBySector',
    title: 'days from engaging to closing, by sector',
    columns: ['', 'engaged', 'days'],
    alignment: 'lrr',
  },
]
