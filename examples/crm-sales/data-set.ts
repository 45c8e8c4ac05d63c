import { type Correction, correct } from './corrections.ts'
import { type CsvRow, readCsv } from './csv-file.ts'

const accountColumns = [
  'account',
  'sector',
  'year_established',
  'revenue',
  'employees',
  'office_location',
  'subsidiary_of',
] as const
const productColumns = ['product', 'series', 'sales_price'] as const
const agentColumns = ['sales_agent', 'manager', 'regional_office'] as const
const dealColumns = [
  'opportunity_id',
  'sales_agent',
  'product',
  'account',
  'deal_stage',
  'engage_date',
  'close_date',
  'close_value',
] as const

export type AccountRow = CsvRow<(typeof accountColumns)[number]>
export type ProductRow = CsvRow<(typeof productColumns)[number]>
export type AgentRow = CsvRow<(typeof agentColumns)[number]>
export type DealRow = CsvRow<(typeof dealColumns)[number]>

/** The four files, with what was known to be wrong in them put right. */
export interface DataSet {
  readonly accounts: readonly AccountRow[]
  readonly products: readonly ProductRow[]
  readonly agents: readonly AgentRow[]
  readonly deals: readonly DealRow[]
  readonly corrections: readonly Correction[]
}

/** @throws InputError when a file is missing, has other columns than expected, or cannot be parsed */
export async function readDataSet(folder: string): Promise<DataSet> {
  const read = async <Column extends string>(file: string, columns: readonly Column[]) =>
    correct(file, await readCsv(folder, file, columns))
  const [accounts, products, agents, deals] = await Promise.all([
    read('accounts.csv', accountColumns),
    read('products.csv', productColumns),
    read('sales_teams.csv', agentColumns),
    read('sales_pipeline.csv', dealColumns),
  ])
  return {
    accounts: accounts.rows,
    products: products.rows,
    agents: agents.rows,
    deals: deals.rows,
    corrections: [accounts, products, agents, deals].flatMap(({ corrections }) => corrections),
  }
}
