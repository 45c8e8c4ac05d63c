import type { DataContext, MergeEffect, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import type { EcommerceTables } from '../generated/tables.ts'

/**
 * Customers that become one have one open cart: that of the one that stays, else the one that was changed last, takes what
 * is in the others. One in another currency is given up, since amounts of two currencies are not added up.
 * The carts' customer is set by the platform then (`references`).
 */
export const joinCarts: MergeEffect<Records['Customer']> = async (merges, context) => {
  for (const { record, merged } of merges)
    await joinCartsOf(record.id, [record.id, ...merged.map(({ id }) => id)], context)
}

async function joinCartsOf(
  staysId: string,
  customerIds: readonly string[],
  { database, loaders }: DataContext,
): Promise<void> {
  const own = database<EcommerceTables>()
  const [kept, ...surplus] = await own
    .selectFrom('Cart')
    .select(['id', 'currency'])
    .where('customerId', '=', sql<string>`any(${customerIds})`)
    .where('status', '=', 'OPEN')
    .orderBy(sql`"customerId" = ${staysId}`, 'desc')
    .orderBy('updatedAt', 'desc')
    .orderBy('id')
    .forUpdate()
    .execute()
  const { largestQuantity } = loaders.ecommerceSettings
  for (const { id, currency } of surplus) {
    if (!kept) continue
    if (currency !== kept.currency) {
      await own.updateTable('Cart').set({ status: 'ABANDONED' }).where('id', '=', id).execute()
      continue
    }
    await own
      .insertInto('CartItem')
      .columns(['id', 'cartId', 'productId', 'quantity', 'unitPrice', 'addedAt'])
      .expression(query =>
        query
          .selectFrom('CartItem')
          .select(sql<string>`gen_random_uuid()::text`.as('id'))
          .select(query.val(kept.id).as('cartId'))
          .select(['productId', 'quantity', 'unitPrice', 'addedAt'])
          .where('cartId', '=', id)
          .orderBy('place'),
      )
      .onConflict(conflict =>
        conflict.columns(['cartId', 'productId']).doUpdateSet({
          quantity: sql`least(${sql.ref('CartItem.quantity')} + excluded.quantity, ${largestQuantity})`,
        }),
      )
      .execute()
    await own.deleteFrom('Cart').where('id', '=', id).execute()
  }
}
