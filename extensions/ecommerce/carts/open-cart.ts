import { randomUUID } from 'node:crypto'
import type { DataContext } from '@trellis/sdk'
import type { EcommerceTables } from '../generated/tables.ts'
import { refuse } from '../refuse.ts'

/** A customer's open cart, held until the transaction ends: what is in it changes one write after the other. */
export interface HeldCart {
  readonly id: string
  readonly currency: string
}

const held = (customerId: string, { database }: DataContext): Promise<HeldCart | undefined> =>
  database<EcommerceTables>()
    .selectFrom('Cart')
    .select(['id', 'currency'])
    .where('customerId', '=', customerId)
    .where('status', '=', 'OPEN')
    .forUpdate()
    .executeTakeFirst()

/** Holds a customer's open cart. @throws UserErrors `NOT_FOUND` when there is none */
export async function holdOpenCart(customerId: string, context: DataContext): Promise<HeldCart> {
  const cart = await held(customerId, context)
  if (!cart) throw refuse('customerId', 'NOT_FOUND', 'The customer has no open cart.')
  return cart
}

/** Holds a customer's open cart; makes one where there is none. */
export async function holdOrOpenCart(
  customerId: string,
  currency: string,
  context: DataContext,
): Promise<HeldCart> {
  const at = context.now()
  const open = await held(customerId, context)
  if (open) return open
  await context
    .database<EcommerceTables>()
    .insertInto('Cart')
    .values({ id: randomUUID(), createdAt: at, updatedAt: at, customerId, currency })
    // Somebody else may have opened one since: this waits for them, and theirs is held then.
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return holdOpenCart(customerId, context)
}
