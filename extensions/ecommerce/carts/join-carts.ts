import type { DataContext, MergeEffect, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import type { EcommerceTables } from '../generated/tables.ts'
import { mostProducts } from './service.ts'

/**
 * Customers that become one have one open cart: that of the one that stays, else the one that was changed last, takes what
 * is in the others. One in another currency is given up, since amounts of two currencies are not added up; so is one with
 * more in it than there is room for, with what is left.
 * The carts' customer is set by the platform then (`references`).
 */
export const joinCarts: MergeEffect<Records['Customer']> = async (merges, context) => {
  for (const { record, merged } of merges)
    await joinCartsOf(record.id, [record.id, ...merged.map(({ id }) => id)], context)
}

async function joinCartsOf(
  staysId: string,
  customerIds: readonly string[],
  context: DataContext,
): Promise<void> {
  const own = context.database<EcommerceTables>()
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
  if (!kept) return
  for (const { id, currency } of surplus) {
    const isEmptied = currency === kept.currency && (await moveItems(id, kept.id, context))
    if (isEmptied) await own.deleteFrom('Cart').where('id', '=', id).execute()
    else await own.updateTable('Cart').set({ status: 'ABANDONED' }).where('id', '=', id).execute()
  }
}

/** Moves what there is room for from one cart to another. Answers whether that is all. */
async function moveItems(fromId: string, toId: string, { database, loaders }: DataContext): Promise<boolean> {
  const { itemsOf } = loaders.ecommerceCarts
  const [there, items] = [await itemsOf(toId), await itemsOf(fromId)]
  const known = new Set(there.map(({ productId }) => productId))
  const added = items.filter(({ productId }) => !known.has(productId))
  const left = added.slice(Math.max(mostProducts - known.size, 0))
  const moved = items.filter(item => !left.includes(item)).map(({ id }) => id)
  const own = database<EcommerceTables>()
  await own
    .insertInto('CartItem')
    .columns(['id', 'cartId', 'productId', 'quantity', 'unitPrice', 'addedAt'])
    .expression(query =>
      query
        .selectFrom('CartItem')
        .select(sql<string>`gen_random_uuid()::text`.as('id'))
        .select(query.val(toId).as('cartId'))
        .select(['productId', 'quantity', 'unitPrice', 'addedAt'])
        .where('id', '=', sql<string>`any(${moved})`)
        .orderBy('place'),
    )
    .onConflict(conflict =>
      conflict.columns(['cartId', 'productId']).doUpdateSet({
        quantity: sql`least(${sql.ref('CartItem.quantity')} + excluded.quantity, ${loaders.ecommerceSettings.largestQuantity})`,
      }),
    )
    .execute()
  await own.deleteFrom('CartItem').where('id', '=', sql<string>`any(${moved})`).execute()
  return left.length === 0
}
