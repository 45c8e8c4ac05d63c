import type { DataContext, Records } from '@trellis/sdk'
import { refuseMissing } from './refuse.ts'

/**
 * A customer that the viewer may change, for whom the viewer may then shop. Its own id is what is stored: the one that was
 * sent may be that of a customer that was merged into it.
 *
 * @throws UserErrors `NOT_FOUND` when the viewer sees none
 * @throws TrellisError `FORBIDDEN` when the viewer may only see it
 */
export async function writableCustomer(
  customerId: string,
  { loaders, rights }: Pick<DataContext, 'loaders' | 'rights'>,
): Promise<Records['Customer']> {
  const customer = await loaders.customers.byId.load(customerId)
  if (!customer || customer.deletedAt) throw refuseMissing('customerId', 'Customer', customerId)
  rights.assert('update', { entity: 'Customer', ownerId: customer.ownerId })
  return customer
}
