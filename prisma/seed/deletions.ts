import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, daysBetween } from './calendar.ts'
import type { Company } from './companies.ts'
import type { Opportunity } from './opportunities.ts'
import type { Random } from './random.ts'

/** A company with everything that hangs on it. */
export interface Dossier {
  readonly company: Company
  readonly contacts: readonly Prisma.ContactCreateManyInput[]
  readonly opportunities: readonly Opportunity[]
}

/** Days ago that what gets deleted was last touched, at least. */
const settled = 60

/** What somebody has deleted, by id: a customer with its only contact, one more contact, two lost opportunities. */
export function pickDeleted(dossiers: readonly Dossier[], now: Date): ReadonlySet<string> {
  const isOld = (moment: Date) => daysBetween(moment, now) > settled
  const parents = new Set(dossiers.map(({ company }) => company.parent))
  const old = dossiers.filter(({ company }) => isOld(company.createdAt) && !company.wellKnown)
  const abandoned = old.find(
    ({ company, contacts, opportunities }) =>
      opportunities.length === 0 && contacts.length === 1 && !parents.has(company),
  )
  // The last contact of a company is nobody's superior.
  const colleague = old.find(({ contacts }) => contacts.length > 2)?.contacts.at(-1)
  const lost = old
    .filter(({ opportunities }) => opportunities.length > 3)
    .flatMap(({ opportunities }) =>
      opportunities.filter(({ isWon, closedAt }) => !isWon && closedAt && isOld(closedAt)).slice(0, 1),
    )
  return new Set([
    ...(abandoned ? [abandoned.company.id, ...abandoned.contacts.map(({ id }) => id)] : []),
    ...(colleague ? [colleague.id] : []),
    ...lost.slice(0, 2).map(({ id }) => id),
  ])
}

/** The row, or the row as its deletion left it when its id is among those deleted. */
export function createDeletion(random: Random, deleted: ReadonlySet<string>, now: Date, by: string) {
  return <Row extends { readonly id: string; readonly version?: number | undefined }>(row: Row) => {
    if (!deleted.has(row.id)) return { ...row, deletedAt: null }
    const deletedAt = addDays(now, -random.integer(2, 25))
    return { ...row, deletedAt, updatedAt: deletedAt, updatedById: by, version: (row.version ?? 1) + 1 }
  }
}
