import type { DealRow } from '../data-set.ts'
import { type Ids, idOf } from '../ids.ts'
import { type DealContext, worthOf } from './opportunity.ts'

/** As `OpportunityLineUpsertItem` of the API takes it. */
export interface OpportunityLineItem {
  readonly externalId: string
  readonly opportunityId: string
  readonly productId: string
  readonly quantity: '1'
  readonly unitPrice: string
  readonly currency: 'USD'
}

/** The one product of a deal; its price is the deal's worth, so that lines add up to opportunities. */
export const opportunityLineItem = (
  row: DealRow,
  {
    opportunities,
    products,
    prices,
  }: { readonly opportunities: Ids; readonly products: Ids } & Pick<DealContext, 'prices'>,
): OpportunityLineItem => ({
  externalId: `${row.fields.opportunity_id}/1`,
  opportunityId: idOf(opportunities, 'opportunity_id', row.fields.opportunity_id),
  productId: idOf(products, 'product', row.fields.product),
  quantity: '1',
  unitPrice: worthOf(row, { prices }),
  currency: 'USD',
})
