import type { CustomerRow, MergeEffect } from '@trellis/sdk'
import { sql } from 'kysely'
import type { LoyaltyTables } from './generated/tables.ts'

/** Customers that become one have the points of all of them. */
export const moveAdjustments: MergeEffect<CustomerRow> = async (merges, { database }) => {
  for (const { record, merged } of merges)
    await database<LoyaltyTables>()
      .updateTable('LoyaltyAdjustment')
      .set({ customerId: record.id })
      .where('customerId', '=', sql<string>`any(${merged.map(({ id }) => id)})`)
      .execute()
}
