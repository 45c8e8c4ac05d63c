import type { Figure } from './check-figures.ts'
import type { DataSet } from './data-set.ts'
import { sumOf } from './exact.ts'
import { worthOf } from './mapping/opportunity.ts'
import { stages } from './mapping/pipeline.ts'
import { RowRefused } from './row-refused.ts'

/** What the API should say of each stage, added up from the files. */
export function fileFigures({ deals, products }: Pick<DataSet, 'deals' | 'products'>): readonly Figure[] {
  const prices = new Map(products.map(({ fields }) => [fields.product, fields.sales_price]))
  return stages.map(({ name }) => {
    const rows = deals.filter(({ fields }) => fields.deal_stage === name)
    return { name, count: rows.length, amount: sumOf(rows.map(row => worthOrNothing(row, prices))) }
  })
}

/** A row that tells no worth was refused, and is reported where it was. */
function worthOrNothing(row: DataSet['deals'][number], prices: ReadonlyMap<string, string>): string {
  try {
    return worthOf(row, { prices })
  } catch (error) {
    if (error instanceof RowRefused) return '0'
    throw error
  }
}
