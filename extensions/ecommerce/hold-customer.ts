import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'

/**
 * Holds a customer until the transaction ends, as the core holds what its records refer to: whoever merges or deletes the
 * customer waits, and finds what is written here. Answers whether it is still there.
 */
export async function holdCustomer(
  customerId: string,
  { database, readable }: Pick<DataContext, 'database' | 'readable'>,
): Promise<boolean> {
  const { rows } = await sql`
    select id from ${readable('Customer', ['id', 'deletedAt'])} as customer
    where id = ${customerId} and "deletedAt" is null
    for key share`.execute(database())
  return rows.length > 0
}
