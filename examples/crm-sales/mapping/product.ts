import type { ProductRow } from '../data-set.ts'
import { decimalOf, textOf } from '../values.ts'

/** As `ProductUpsertItem` of the API takes it. */
export interface ProductItem {
  readonly externalId: string
  readonly sku: string
  readonly name: string
  readonly category: string | null
  readonly price: string
  readonly currency: 'USD'
}

/** A product keeps its name, which also makes its stock keeping unit: `GTX Plus Pro` is `GTX-PLUS-PRO`. */
export function productItem({ fields }: ProductRow): ProductItem {
  const name = textOf('product', fields.product)
  return {
    externalId: name,
    sku: name.toUpperCase().replaceAll(/\s+/g, '-'),
    name,
    category: fields.series || null,
    price: decimalOf('sales_price', fields.sales_price),
    currency: 'USD',
  }
}
