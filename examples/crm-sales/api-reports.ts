import type { Endpoint } from './endpoint.ts'
import { pipeline } from './mapping/pipeline.ts'
import type { ReportTables, Rows } from './report-tables.ts'
import { grouped } from './words.ts'

interface Keys {
  readonly keys: readonly { readonly label: string }[]
}

interface SalesRow extends Keys {
  readonly wonCount: number
  readonly wonAmount: string
  readonly lostCount: number
  readonly winRate: string | null
}

interface StageRow extends Keys {
  readonly visits: number
  readonly averageDays: string | null
}

interface Answer<Row> {
  readonly report: { readonly rows: readonly Row[] }
}

const sales = `
  query Sales($by: [SalesDimension!]!, $pipeline: String!) {
    report: salesReport(by: $by, currency: "USD", filter: { pipeline: { name: { eq: $pipeline } } }) {
      rows { keys { label } wonCount wonAmount lostCount winRate }
    }
  }`

/** How long visits of a stage took is how long it takes to get from it to the next: here, to a decision. */
const engaging = `
  query Engaging($by: [StageDimension!]!, $pipeline: String!) {
    report: stageReport(
      by: $by
      filter: { stage: { code: { eq: "ENGAGING" }, pipeline: { name: { eq: $pipeline } } } }
    ) {
      rows { keys { label } visits averageDays }
    }
  }`

/** The API's own reports, each the answer to one query. */
export async function readApiReports({ request }: Endpoint): Promise<ReportTables> {
  const ask = async <Row extends Keys>(
    query: string,
    by: readonly string[],
    figures: (row: Row) => readonly string[],
  ): Promise<Rows> => {
    const { report } = await request<Answer<Row>>(query, { by, pipeline: pipeline.name })
    return report.rows.map(row => [...row.keys.map(({ label }) => label), ...figures(row)])
  }
  const won = ({ wonCount, wonAmount }: SalesRow) => [grouped(wonCount), grouped(wonAmount)]
  return {
    wonByOffice: await ask(sales, ['TEAM'], won),
    wonByMonth: await ask(sales, ['PERIOD'], won),
    wonByMonthAndOffice: await ask(sales, ['PERIOD', 'TEAM'], won),
    winRateByAgent: await ask(sales, ['OWNER'], ({ wonCount, lostCount, winRate }: SalesRow) => [
      grouped(wonCount),
      grouped(lostCount),
      winRate ?? '-',
    ]),
    daysToCloseBySector: await ask(engaging, ['INDUSTRY'], ({ visits, averageDays }: StageRow) => [
      grouped(visits),
      averageDays ?? '-',
    ]),
  }
}
