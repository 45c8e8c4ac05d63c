import { type BackgroundContext, type Job, TrellisError } from '@trellis/sdk'
import { z } from 'zod'
import { entriesIn } from './entries.ts'

/** So many customers are asked about in one go. */
const portion = 200

/** So many entries are read anew in a night, the oldest first: 100 requests. */
const mostInANight = 5000

/**
 * Has the directory asked about these customers where something is missing or too old.
 *
 * @throws TrellisError `EXTENSION_UNAVAILABLE` when it does not answer, so that the run is tried again later
 */
async function lookUp(context: BackgroundContext, customerIds: readonly string[]): Promise<void> {
  const found = await context.loaders.customers.byId.loadMany(customerIds)
  // A loader finds deleted records as well.
  const customers = found.flatMap(customer => (customer && !customer.deletedAt ? [customer] : []))
  const living = new Set(customers.map(({ id }) => id))
  const gone = customerIds.filter(id => !living.has(id))
  if (gone.length > 0) await entriesIn(context).remove(gone)
  const entries = await context.loaders.companyDirectory.entriesOf(customers)
  for (const entry of entries) {
    if (entry instanceof Error) throw entry
    if (entry?.isStale)
      throw new TrellisError('EXTENSION_UNAVAILABLE', 'The company directory does not answer.')
  }
}

const namedCustomers = z.object({ customerIds: z.array(z.string()).max(portion) })

export const jobs: Readonly<Record<string, Job>> = {
  'look-up': {
    run: (context, { data }) => lookUp(context, namedCustomers.parse(data).customerIds),
  },
  'refresh-entries': {
    schedule: '30 2 * * *',
    retries: 3,
    async run(context) {
      const { log, loaders, signal } = context
      let refreshed = 0
      while (refreshed < mostInANight && !signal.aborted) {
        const customerIds = await entriesIn(context).oldest(loaders.companyDirectory.oldestGood, portion)
        if (customerIds.length === 0) break
        await lookUp(context, customerIds)
        // Nobody asks for what is left: the customer has no number any more.
        await entriesIn(context).removeOlder(loaders.companyDirectory.oldestGood, customerIds)
        refreshed += customerIds.length
      }
      log.info({ refreshed }, 'entries of the company directory were read anew')
    },
  },
}
