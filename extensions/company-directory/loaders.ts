import { type CustomerRow, type DataContext, TrellisError } from '@trellis/sdk'
import type { Company } from './company.ts'
import type { Directory } from './create-directory.ts'
import { type Entry, entriesIn } from './entries.ts'
import { type LookupKey, lookupKeyOf } from './lookup-key.ts'
import { DirectoryFailure } from './request-json.ts'
import type { DirectorySettings } from './settings.ts'

const hourMilliseconds = 3_600_000

/** Where it is stored which company a customer was linked to, as `{ registrationNumber }`. */
export const linkKey = 'link'

/** A company as clients see it. */
export interface CompanyDirectoryEntry extends Company {
  readonly fetchedAt: Date
  readonly isStale: boolean
}

export interface CompanyDirectoryLoaders {
  /**
   * What the directory knows of each customer, in their order; `null` for nothing, an error where it could not be asked and was not asked before.
   * What is missing or too old is asked for in one request for 50 customers.
   */
  entriesOf(
    customers: readonly Pick<CustomerRow, 'id' | 'taxNumber'>[],
  ): Promise<readonly (CompanyDirectoryEntry | Error | null)[]>
  /** Companies by what is in their names. @throws TrellisError `EXTENSION_UNAVAILABLE` */
  search(text: string, first: number): Promise<readonly CompanyDirectoryEntry[]>
  /** How old an entry may be, from the present. */
  readonly oldestGood: Date
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly companyDirectory: CompanyDirectoryLoaders
  }
}

export interface CompanyDirectoryOptions {
  readonly directory: Directory
  readonly settings: DirectorySettings
}

/** The one message: what exactly is wrong is in the log, for those who can mend it. */
const unavailable = (cause: unknown): TrellisError =>
  new TrellisError('EXTENSION_UNAVAILABLE', 'The company directory does not answer; try again later.', {
    cause,
    extensions: { extension: 'company-directory', retryable: true },
  })

/** The reads: two statements for however many customers, and one more to keep what was fetched. */
export function companyDirectoryLoaders(
  context: DataContext,
  { directory, settings }: CompanyDirectoryOptions,
): CompanyDirectoryLoaders {
  const { store, now, signal } = context
  const entries = entriesIn(context)
  const oldestGood = new Date(now().getTime() - settings.cacheHours * hourMilliseconds)
  const isFresh = ({ fetchedAt, isOutdated }: Entry): boolean => !isOutdated && fetchedAt > oldestGood

  return {
    oldestGood,
    async entriesOf(customers) {
      const ids = customers.map(({ id }) => id)
      const [links, known] = await Promise.all([
        store.of('Customer', linkKey).loadMany<{ readonly registrationNumber: string }>(ids),
        entries.of(ids),
      ])
      const asked = customers.map(({ id, taxNumber }, index) => {
        const key = lookupKeyOf(links[index]?.registrationNumber ?? null, taxNumber)
        const entry = known.get(id)
        return { id, key, entry: entry?.lookupKey === key ? entry : null }
      })
      const missing = asked.flatMap(({ id, key, entry }) =>
        key === null || (entry && isFresh(entry)) ? [] : [{ customerId: id, lookupKey: key }],
      )
      const keys = new Set<LookupKey>(missing.map(({ lookupKey }) => lookupKey))
      const { companies, failure } = await directory.lookUp([...keys], signal)
      const fetchedAt = now()
      await entries.keep(
        missing.flatMap(({ customerId, lookupKey }) => {
          const company = companies.get(lookupKey)
          return company === undefined ? [] : [{ customerId, lookupKey, company, fetchedAt }]
        }),
      )
      return asked.map(({ key, entry }) => {
        if (key === null) return null
        const company = companies.get(key)
        if (company !== undefined) return company && { ...company, fetchedAt, isStale: false }
        if (!entry) return unavailable(failure)
        return entry.company && { ...entry.company, fetchedAt: entry.fetchedAt, isStale: !isFresh(entry) }
      })
    },
    async search(text, first) {
      try {
        const companies = await directory.search(text, first, signal)
        return companies.map(company => ({ ...company, fetchedAt: now(), isStale: false }))
      } catch (thrown) {
        if (thrown instanceof DirectoryFailure) throw unavailable(thrown)
        throw thrown
      }
    },
  }
}
