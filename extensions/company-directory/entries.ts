import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { type Company, companySchema } from './company.ts'
import type { CompanyDirectoryTables } from './generated/tables.ts'
import type { LookupKey } from './lookup-key.ts'

/** What the directory answered about a customer. */
export interface Entry {
  readonly customerId: string
  readonly lookupKey: string
  /** `null`: it knows none. */
  readonly company: Company | null
  readonly fetchedAt: Date
  /** Somebody said that there is something new. */
  readonly isOutdated: boolean
}

/** The table of entries; each method is one statement. */
export interface Entries {
  of(customerIds: readonly string[]): Promise<ReadonlyMap<string, Entry>>
  /** Puts what was fetched in the place of what was there. */
  keep(fetched: readonly Omit<Entry, 'isOutdated'>[]): Promise<void>
  /** Marks entries of these customers. */
  outdate(customerIds: readonly string[]): Promise<void>
  /** Marks entries of these companies, and those that were asked for by these numbers in vain. */
  outdateCompanies(registrationNumbers: readonly string[], keys: readonly LookupKey[]): Promise<void>
  /** Customers with entries that are marked or older than this, the oldest first. */
  oldest(than: Date, first: number): Promise<readonly string[]>
  remove(customerIds: readonly string[]): Promise<void>
  /** Removes those of them that are marked or older than this. */
  removeOlder(than: Date, customerIds: readonly string[]): Promise<void>
}

const anyOf = (values: readonly string[]) => sql<string>`any(${values})`

const olderThan = (than: Date) => sql<boolean>`("isOutdated" or "fetchedAt" < ${than})`

/** The entries, by the request's database: in a mutation, in its transaction. */
export function entriesIn({ database }: Pick<DataContext, 'database'>): Entries {
  const own = database<CompanyDirectoryTables>()
  return {
    async of(customerIds) {
      const rows = await own
        .selectFrom('CompanyDirectoryEntry')
        .select(['customerId', 'lookupKey', 'company', 'fetchedAt', 'isOutdated'])
        .where('customerId', '=', anyOf(customerIds))
        .execute()
      return new Map(
        rows.map(row => {
          const stored = companySchema.nullable().safeParse(row.company)
          // What another version of this extension has stored may have another shape: it is read anew.
          const entry = stored.success
            ? { ...row, company: stored.data }
            : { ...row, company: null, lookupKey: '' }
          return [row.customerId, entry]
        }),
      )
    },
    async keep(fetched) {
      if (fetched.length === 0) return
      const rows = fetched
        .map(entry => ({ ...entry, registrationNumber: entry.company?.registrationNumber ?? null }))
        // In one order, so that two requests that keep the same entries do not wait for each other in a circle.
        .toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1))
      await own
        .insertInto('CompanyDirectoryEntry')
        .columns(['customerId', 'lookupKey', 'registrationNumber', 'company', 'fetchedAt', 'isOutdated'])
        .expression(
          sql`select "customerId", "lookupKey", "registrationNumber", nullif(company, 'null'), "fetchedAt", false
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            as given("customerId" text, "lookupKey" text, "registrationNumber" text, company jsonb, "fetchedAt" timestamptz)`,
        )
        .onConflict(conflict =>
          conflict.column('customerId').doUpdateSet(values => ({
            lookupKey: values.ref('excluded.lookupKey'),
            registrationNumber: values.ref('excluded.registrationNumber'),
            company: values.ref('excluded.company'),
            fetchedAt: values.ref('excluded.fetchedAt'),
            isOutdated: values.ref('excluded.isOutdated'),
          })),
        )
        .execute()
    },
    async outdate(customerIds) {
      await own
        .updateTable('CompanyDirectoryEntry')
        .set({ isOutdated: true })
        .where('customerId', '=', anyOf(customerIds))
        .execute()
    },
    async outdateCompanies(registrationNumbers, keys) {
      await own
        .updateTable('CompanyDirectoryEntry')
        .set({ isOutdated: true })
        .where(
          sql<boolean>`("registrationNumber" = ${anyOf(registrationNumbers)} or "lookupKey" = ${anyOf(keys)})`,
        )
        .execute()
    },
    async oldest(than, first) {
      const rows = await own
        .selectFrom('CompanyDirectoryEntry')
        .select('customerId')
        .where(olderThan(than))
        .orderBy('fetchedAt')
        .orderBy('customerId')
        .limit(first)
        .execute()
      return rows.map(({ customerId }) => customerId)
    },
    async remove(customerIds) {
      await own.deleteFrom('CompanyDirectoryEntry').where('customerId', '=', anyOf(customerIds)).execute()
    },
    async removeOlder(than, customerIds) {
      await own
        .deleteFrom('CompanyDirectoryEntry')
        .where('customerId', '=', anyOf(customerIds))
        .where(olderThan(than))
        .execute()
    },
  }
}
