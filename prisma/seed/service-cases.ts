import type { CaseOrigin, CaseType, Priority } from '../../src/generated/prisma/enums.ts'
import { addDays, atWork, daysBetween } from './calendar.ts'
import { type CaseStory, tellCase } from './case-story.ts'
import type { Company } from './companies.ts'
import type { Dossier } from './deletions.ts'
import { identify } from './identifiers.ts'
import type { Product } from './products.ts'
import type { Random } from './random.ts'
import type { Policies, Policy } from './sla-policies.ts'
import { subjects } from './vocabulary/issues.ts'

/** What a customer asked or complained about. */
export interface ServiceCase {
  readonly id: string
  readonly company: Company
  readonly contactId: string | null
  readonly product: Product
  readonly subject: string
  readonly type: CaseType
  readonly priority: Priority
  readonly origin: CaseOrigin
  readonly createdAt: Date
  readonly policy: Policy
  readonly story: CaseStory
  /** The company's case before, that this one may be a duplicate of. */
  readonly previous: ServiceCase | null
  readonly random: Random
}

export interface ServiceCasesOptions {
  readonly dossiers: readonly Dossier[]
  /** Ids of what somebody has deleted. */
  readonly deleted: ReadonlySet<string>
  readonly policies: Policies
  readonly now: Date
}

const types: Readonly<Record<CaseType, number>> = {
  QUESTION: 30,
  INCIDENT: 40,
  PROBLEM: 8,
  FEATURE_REQUEST: 10,
  COMPLAINT: 12,
}
const priorities: Readonly<Record<Priority, number>> = { LOW: 15, NORMAL: 55, HIGH: 22, URGENT: 8 }
const origins: Readonly<Record<CaseOrigin, number>> = {
  PHONE: 30,
  EMAIL: 40,
  WEB: 12,
  CHAT: 5,
  WECHAT: 0,
  SOCIAL: 1,
  PORTAL: 12,
}

const pick = <Value extends string>(random: Random, weights: Readonly<Record<Value, number>>): Value => {
  const entries = Object.entries<number>(weights)
  const [value] = random.pickWeighted(entries, ([, weight]) => weight)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of the record's own keys
  return value as Value
}

/** Whoever has bought something has had a question about it, some more often; the oldest first. */
function casesOf(
  { company, contacts, opportunities }: Dossier,
  options: ServiceCasesOptions,
): readonly ServiceCase[] {
  const { deleted, policies, now } = options
  const won = opportunities.filter(
    ({ isWon, closedAt }) => isWon && closedAt && daysBetween(closedAt, now) > 15,
  )
  const first = won[0]?.closedAt
  if (!first || deleted.has(company.id)) return []
  const random = company.random.fork('cases')
  const contact = contacts.filter(({ id }) => !deleted.has(id ?? ''))
  const days = Array.from({ length: random.integer(0, 4) }, () => random.fraction()).toSorted((a, b) => a - b)
  const made: ServiceCase[] = []
  for (const [place, share] of days.entries()) {
    const own = random.fork(place)
    const day = addDays(first, 3 + share * (daysBetween(first, now) - 10))
    const createdAt = new Date(atWork(own, day, company.country.utcOffset).getTime() + place)
    const { product } = own.pick(own.pick(won).lines)
    const priority = pick(own, priorities)
    const type = pick(own, types)
    const policy = policies.of(company, priority)
    const previous = made.at(-1) ?? null
    made.push({
      id: identify('cas', createdAt, own),
      ...{ company, product, priority, type, createdAt, policy, previous },
      contactId: contact.length > 0 ? (own.pick(contact).id ?? null) : null,
      subject: own.pick(subjects[type]).replace('%', product.name),
      origin: company.country.name === 'China' && own.chance(0.5) ? 'WECHAT' : pick(own, origins),
      story: tellCase({ random: own, createdAt, policy, mayBeDuplicate: previous !== null, now }),
      random: own,
    })
  }
  return made
}

/** All cases, the oldest first. */
export const makeServiceCases = (options: ServiceCasesOptions): readonly ServiceCase[] =>
  options.dossiers
    .flatMap(dossier => casesOf(dossier, options))
    .filter(({ createdAt }) => createdAt < options.now)
    .toSorted(
      (one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
    )
