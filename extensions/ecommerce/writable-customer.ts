import type { DataContext, Records } from '@trellis/sdk'
import { holdCustomer } from './hold-customer.ts'
import { refuseMissing } from './refuse.ts'

/**
 * A customer that the viewer may change, for whom the viewer may then shop; held until the transaction ends. Its own id is what is stored: the one
 * that was sent may be that of a customer that was merged into it.
 *
 * @throws UserErrors `NOT_FOUND` when the viewer sees none
 * @throws TrellisError `FORBIDDEN` when the viewer may only see it
 */
export async function writableCustomer(
  customerId: string,
  context: DataContext,
): Promise<Records['Customer']> {
  const { loaders, rights } = context
  const customer = await loaders.customers.byId.load(customerId)
  if (!customer || customer.deletedAt) throw refuseMissing('customerId', 'Customer', customerId)
  rights.assert('update', { entity: 'Customer', ownerId: customer.ownerId })
  if (await holdCustomer(customer.id, context)) return customer
  // It was merged or deleted meanwhile: its id may lead to another one now.
  return writableCustomer(customerId, context)
}
