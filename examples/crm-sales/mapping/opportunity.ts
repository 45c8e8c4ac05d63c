import type { DealRow } from '../data-set.ts'
import { type Ids, idOf } from '../ids.ts'
import { RowRefused } from '../row-refused.ts'
import { decimalOf, midnightOf, optional, textOf } from '../values.ts'
import { stages } from './pipeline.ts'

/** As `OpportunityUpsertItem` of the API takes it. */
export interface OpportunityItem {
  readonly externalId: string
  readonly name: string
  readonly customerId: string | null
  readonly stageId: string
  readonly amount: string
  readonly currency: 'USD'
  readonly closedAt: string | null
  /** Left out where the data does not say; the API takes the time of the load. */
  readonly stageEnteredAt?: string
  readonly stageHistory?: readonly { readonly stageId: string; readonly enteredAt: string }[]
  readonly ownerId: string
  readonly teamId: string
}

/** What a row of `sales_pipeline.csv` refers to. */
export interface DealContext {
  readonly customers: Ids
  readonly users: Ids
  readonly teams: Ids
  readonly stages: Ids
  /** The regional office of each agent. */
  readonly offices: ReadonlyMap<string, string>
  /** The list price of each product. */
  readonly prices: ReadonlyMap<string, string>
}

/** A row of the pipeline becomes an opportunity, with the stages that its dates tell of. */
export function opportunityItem(row: DealRow, context: DealContext): OpportunityItem {
  const { opportunity_id, product, account, sales_agent } = row.fields
  return {
    externalId: textOf('opportunity_id', opportunity_id),
    name: account === '' ? product : `${product} for ${account}`,
    customerId: optional((column, name) => idOf(context.customers, column, name), 'account', account),
    amount: worthOf(row, context),
    currency: 'USD',
    ownerId: idOf(context.users, 'sales_agent', sales_agent),
    teamId: idOf(context.teams, 'regional_office', context.offices.get(sales_agent) ?? ''),
    ...progressOf(row, context),
  }
}

/** Closed, what it was closed for, which is 0 for lost ones; open, what the product costs. */
export function worthOf({ fields }: DealRow, { prices }: Pick<DealContext, 'prices'>): string {
  const price = prices.get(fields.product)
  if (price === undefined)
    throw new RowRefused(`product is "${fields.product}", which is not in products.csv.`)
  return optional(decimalOf, 'close_value', fields.close_value) ?? price
}

type Progress = Pick<OpportunityItem, 'stageId' | 'closedAt' | 'stageEnteredAt' | 'stageHistory'>

/** Deals are engaged on `engage_date` and decided on `close_date`; when prospecting began is not told. */
function progressOf({ fields }: DealRow, { stages: stageIds }: DealContext): Progress {
  const stage = stages.find(({ name }) => name === fields.deal_stage)
  if (!stage)
    throw new RowRefused(
      `deal_stage is "${fields.deal_stage}"; ${stages.map(({ name }) => name).join(', ')} are known.`,
    )
  const stageId = idOf(stageIds, 'deal_stage', stage.name)
  const engagedAt = optional(midnightOf, 'engage_date', fields.engage_date)
  const closedAt = optional(midnightOf, 'close_date', fields.close_date)
  if (stage.type === 'OPEN') {
    if (closedAt !== null || fields.close_value !== '')
      throw new RowRefused(`deal_stage is ${stage.name}, but there is a close_date or a close_value.`)
    return { stageId, closedAt, ...(engagedAt !== null && { stageEnteredAt: engagedAt }) }
  }
  if (closedAt === null || fields.close_value === '')
    throw new RowRefused(`deal_stage is ${stage.name}, but there is no close_date or no close_value.`)
  const engaging = idOf(stageIds, 'deal_stage', 'Engaging')
  return {
    stageId,
    closedAt,
    stageEnteredAt: closedAt,
    ...(engagedAt !== null && { stageHistory: [{ stageId: engaging, enteredAt: engagedAt }] }),
  }
}
