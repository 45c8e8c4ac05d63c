import { addDays, atWork, daysBetween, inOrder } from './calendar.ts'
import { found } from './found.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import type { Seller } from './staff.ts'
import { countries } from './vocabulary/countries/index.ts'
import type { Country, Place } from './vocabulary/country.ts'
import { type Industry, industries } from './vocabulary/trades.ts'
import { type WellKnownCompany, wellKnownCompanies } from './vocabulary/well-known.ts'
import type { Word } from './vocabulary/word.ts'

/** Who a customer is, before anything is sold to it. */
export interface Company {
  readonly id: string
  readonly createdAt: Date
  readonly name: string
  /** Without `www.`; no two companies have the same. */
  readonly domain: string
  readonly country: Country
  readonly place: Place
  readonly brand: Word
  readonly industry: Industry
  readonly employees: number
  readonly owner: Seller
  readonly parent: Company | null
  readonly wellKnown: WellKnownCompany | null
  /** Numbers for everything that hangs on the company. */
  readonly random: Random
}

export interface CompaniesOptions {
  readonly random: Random
  readonly now: Date
  readonly sellers: readonly Seller[]
}

const companyCount = 300

/** How many levels of companies belong to each other, at most. */
const deepest = 3

/** Generations from the head of the group down to the company. */
const depthOf = ({ parent }: Company): number => (parent ? depthOf(parent) + 1 : 1)

/** All companies, the oldest customer first. */
export function makeCompanies({ random, now, sellers }: CompaniesOptions): readonly Company[] {
  const days = inOrder(Array.from({ length: companyCount }, () => firstDay(random, now)))
  const companies: Company[] = []
  for (const [index, day] of days.entries()) {
    const wellKnown = wellKnownCompanies[index] ?? null
    const known = new Set(companies.map(({ domain }) => domain))
    // Two may draw the same name; the later one draws again.
    for (let draw = 0; companies.length <= index; draw++) {
      const own = random.fork(`${index}.${draw}`)
      const company = makeCompany({ random: own, now, day, wellKnown, sellers, companies })
      if (!known.has(company.domain)) companies.push(company)
    }
  }
  return companies
}

/** Half of them were there when the two years of history began, the others came since. */
const firstDay = (random: Random, now: Date): Date =>
  addDays(now, -(random.chance(0.5) ? random.integer(730, 930) : random.integer(5, 729)))

interface CompanyOptions extends CompaniesOptions {
  readonly day: Date
  readonly wellKnown: WellKnownCompany | null
  readonly companies: readonly Company[]
}

function makeCompany({ random, now, day, wellKnown, sellers, companies }: CompanyOptions): Company {
  const country = wellKnown?.country ?? random.pickWeighted(countries, ({ weight }) => weight)
  const parent = wellKnown ? null : pickParent(random, country, companies)
  const brand = wellKnown
    ? wordOf(country.brands, wellKnown.brand)
    : (parent?.brand ?? random.pick(country.brands))
  const industry = wellKnown?.industry ?? random.pick(industries)
  const trades = country.trades[industry]
  const trade = wellKnown ? wordOf(trades, wellKnown.trade) : random.pick(trades)
  const place = wellKnown
    ? found(
        country.places.find(({ city }) => city === wellKnown.city),
        wellKnown.city,
      )
    : random.pick(country.places)
  const legalForm = wellKnown?.legalForm ?? random.pick(country.legalForms)
  const owner = wellKnown
    ? found(
        sellers.find(({ mailbox }) => mailbox === wellKnown.owner),
        wellKnown.owner,
      )
    : random.pickWeighted(
        sellers.filter(({ team }) => team === country.team),
        ({ weight }) => weight,
      )
  const createdAt = atWork(random, daysBetween(day, now) < 5 ? addDays(now, -5) : day, country.utcOffset)
  return {
    id: identify('cus', createdAt, random),
    createdAt,
    name: country.nameCompany({
      ...{ city: place.city, legalForm },
      ...{ brand: brand.written, trade: trade.written },
    }),
    domain: `${brand.latin}-${trade.latin}.example`,
    ...{ country, place, brand, industry, owner, parent, wellKnown },
    // Half of the companies have less than 120 people, one in fifty more than 3,000.
    employees: Math.max(3, Math.round(120 * Math.exp(1.6 * random.normal()))),
    random: random.fork('company'),
  }
}

/** For one company in seven, one it belongs to; groups that are large get larger. */
function pickParent(random: Random, country: Country, companies: readonly Company[]): Company | null {
  const candidates = companies.filter(other => other.country === country && depthOf(other) < deepest)
  if (candidates.length === 0 || !random.chance(0.15)) return null
  const isInGroup = (company: Company) =>
    company.parent !== null || companies.some(({ parent }) => parent === company)
  return random.pickWeighted(candidates, candidate => (isInGroup(candidate) ? 8 : 1))
}

const wordOf = (words: readonly Word[], written: string): Word =>
  found(
    words.find(word => word.written === written),
    `word "${written}"`,
  )
