import type { AccountRow, DealRow } from '../data-set.ts'
import { type Ids, idOf } from '../ids.ts'
import { millionsOf, optional, textOf, wholeNumberOf } from '../values.ts'

/** As `CustomerUpsertItem` of the API takes it. */
export interface CustomerItem {
  readonly externalId: string
  readonly name: string
  readonly type: 'CUSTOMER' | 'PROSPECT'
  readonly lifecycleStage: 'CUSTOMER' | 'OPPORTUNITY'
  readonly industry: string | null
  readonly foundedYear: number | null
  readonly employeeCount: number | null
  readonly annualRevenue: string | null
  readonly currency: 'USD'
  readonly billingCountry: string | null
  readonly parentId: string | null
}

/** An account becomes a customer. */
export function customerItem(
  { fields }: AccountRow,
  { customers, buyers }: { readonly customers: Ids; readonly buyers: ReadonlySet<string> },
): CustomerItem {
  const name = textOf('account', fields.account)
  const hasBought = buyers.has(name)
  return {
    externalId: name,
    name,
    type: hasBought ? 'CUSTOMER' : 'PROSPECT',
    lifecycleStage: hasBought ? 'CUSTOMER' : 'OPPORTUNITY',
    industry: fields.sector || null,
    foundedYear: optional(wholeNumberOf, 'year_established', fields.year_established),
    employeeCount: optional(wholeNumberOf, 'employees', fields.employees),
    annualRevenue: optional(millionsOf, 'revenue', fields.revenue),
    currency: 'USD',
    billingCountry: fields.office_location || null,
    parentId: optional(
      (column, parent) => idOf(customers, column, parent),
      'subsidiary_of',
      fields.subsidiary_of,
    ),
  }
}

/** The accounts that have bought something. */
export const buyersOf = (deals: readonly DealRow[]): ReadonlySet<string> =>
  new Set(deals.filter(({ fields }) => fields.deal_stage === 'Won').map(({ fields }) => fields.account))

/** Generations, parents first. The last one holds those whose parent is missing or who are their own ancestors. */
export function parentsFirst(accounts: readonly AccountRow[]): readonly (readonly AccountRow[])[] {
  const generations: (readonly AccountRow[])[] = []
  const placed = new Set([''])
  let waiting = accounts
  while (waiting.length > 0) {
    const next = waiting.filter(({ fields }) => placed.has(fields.subsidiary_of))
    if (next.length === 0) return [...generations, waiting]
    generations.push(next)
    waiting = waiting.filter(({ fields }) => !placed.has(fields.subsidiary_of))
    for (const { fields } of next) placed.add(fields.account)
  }
  return generations
}
