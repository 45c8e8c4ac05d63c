import type { DataSet, DealRow } from './data-set.ts'
import { quotientOf, sumOf } from './exact.ts'
import type { ReportTables, Rows } from './report-tables.ts'
import { grouped } from './words.ts'

const day = 24 * 60 * 60 * 1000

/** What the API's reports should say, computed from the columns of the files and from nothing that was sent. */
export function fileReports({
  deals,
  agents,
  accounts,
}: Pick<DataSet, 'deals' | 'agents' | 'accounts'>): ReportTables {
  const offices = new Map(agents.map(({ fields }) => [fields.sales_agent, fields.regional_office]))
  const sectors = new Map(accounts.map(({ fields }) => [fields.account, fields.sector]))
  const officeOf = ({ fields }: DealRow): string => offices.get(fields.sales_agent) ?? ''
  const monthOf = ({ fields }: DealRow): string => fields.close_date.slice(0, 'yyyy-mm'.length)
  const decided = deals.filter(({ fields }) => ['Won', 'Lost'].includes(fields.deal_stage))
  const engaged = deals.filter(({ fields }) => fields.engage_date !== '')
  return {
    wonByOffice: tableOf(decided, row => [officeOf(row)], wonOf),
    wonByMonth: tableOf(decided, row => [monthOf(row)], wonOf),
    wonByMonthAndOffice: tableOf(decided, row => [monthOf(row), officeOf(row)], wonOf),
    winRateByAgent: tableOf(decided, ({ fields }) => [fields.sales_agent], winRateOf),
    daysToCloseBySector: tableOf(engaged, ({ fields }) => [sectors.get(fields.account) || '(none)'], daysOf),
  }
}

/** A row for each group of deals that have the same keys. */
function tableOf(
  deals: readonly DealRow[],
  keysOf: (deal: DealRow) => readonly string[],
  figuresOf: (deals: readonly DealRow[]) => readonly string[],
): Rows {
  const groups = Map.groupBy(deals, deal => JSON.stringify(keysOf(deal)))
  return [...groups.values()].map(group => [...group.slice(0, 1).flatMap(keysOf), ...figuresOf(group)])
}

const inStage = (deals: readonly DealRow[], stage: string): readonly DealRow[] =>
  deals.filter(({ fields }) => fields.deal_stage === stage)

function wonOf(deals: readonly DealRow[]): readonly string[] {
  const won = inStage(deals, 'Won')
  return [grouped(won.length), grouped(sumOf(won.map(({ fields }) => fields.close_value)))]
}

function winRateOf(deals: readonly DealRow[]): readonly string[] {
  const [won, lost] = [inStage(deals, 'Won').length, inStage(deals, 'Lost').length]
  return [grouped(won), grouped(lost), quotientOf(won, won + lost) ?? '-']
}

/** Those that are still engaging have no duration. */
function daysOf(deals: readonly DealRow[]): readonly string[] {
  const days = deals
    .filter(({ fields }) => fields.close_date !== '')
    .map(({ fields }) => (Date.parse(fields.close_date) - Date.parse(fields.engage_date)) / day)
  const total = days.reduce((sum, number) => sum + number, 0)
  return [grouped(deals.length), quotientOf(total, days.length) ?? '-']
}
