import type { DealRow } from '../data-set.ts'
import { type Ids, idOf } from '../ids.ts'
import { RowRefused } from '../row-refused.ts'
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

export interface LineContext extends Pick<DealContext, 'prices'> {
  readonly opportunities: Ids
  readonly products: Ids
}

/** The one product of a deal; its price is the deal's worth, so that lines add up to opportunities. */
export function opportunityLineItem(
  row: DealRow,
  { opportunities, products, prices }: LineContext,
): OpportunityLineItem {
  const { opportunity_id, product } = row.fields
  const opportunityId = opportunities.get(opportunity_id)
  if (opportunityId === undefined) throw new RowRefused('its opportunity was refused.')
  return {
    externalId: `${opportunity_id}/1`,
    opportunityId,
    productId: idOf(products, 'product', product),
    quantity: '1',
    unitPrice: worthOf(row, { prices }),
    currency: 'USD',
  }
}
