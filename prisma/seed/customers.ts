import type { Prisma } from '../../src/generated/prisma/client.ts'
import { latest } from './calendar.ts'
import type { Company } from './companies.ts'
import { decimal, fromDollars, roundly } from './money.ts'
import type { Opportunity } from './opportunities.ts'
import type { Random } from './random.ts'
import { relationshipOf } from './relationship.ts'
import { fillDigits } from './text.ts'
import type { Place } from './vocabulary/country.ts'

/** The customer's row: what the company is, and what its opportunities made of it. */
export function customerRow(
  company: Company,
  opportunities: readonly Opportunity[],
  now: Date,
): Prisma.CustomerCreateManyInput {
  const { country, place, owner, createdAt, domain } = company
  const random = company.random.fork('customer')
  const { type, lifecycleStage, rating } = relationshipOf(random, opportunities, now)
  const updatedAt = latest(createdAt, ...opportunities.map(opportunity => opportunity.updatedAt))
  return {
    id: company.id,
    createdAt,
    createdById: owner.id,
    updatedAt,
    updatedById: owner.id,
    version: updatedAt > createdAt ? 2 : 1,
    source: null,
    ownerId: owner.id,
    teamId: owner.teamId,
    name: company.name,
    ...{ type, lifecycleStage, rating },
    industry: company.industry,
    website: random.chance(0.95) ? `https://www.${domain}` : null,
    foundedYear: random.chance(0.9) ? foundedYear(random, now) : null,
    phone: fillDigits(random, place.phone),
    email: random.chance(0.85) ? `${random.pick(['info', 'office', 'contact', 'hello'])}@${domain}` : null,
    employeeCount: random.chance(0.92) ? roundly(company.employees) : null,
    annualRevenue: random.chance(0.88) ? revenue(random, company) : null,
    currency: country.currency,
    taxNumber: random.chance(0.6) ? fillDigits(random, country.taxNumber) : null,
    description: random.chance(0.3) ? describe(random, company) : null,
    doNotContact: random.chance(0.02),
    parentId: company.parent?.id ?? null,
    ...addresses(random, company),
  }
}

/** Most are a few decades old, some a century and more. */
const foundedYear = (random: Random, now: Date): number =>
  Math.max(1790, now.getUTCFullYear() - 2 - Math.floor(Math.abs(random.normal()) * 45))

/** By the number of its people, each of whom turns over 60 to 400 thousand dollars. */
function revenue(random: Random, { employees, country }: Company): string {
  const dollars = employees * random.integer(60_000, 400_000)
  return decimal(roundly(fromDollars(dollars, country.currency)) * 100)
}

const describe = (random: Random, { brand, industry, parent }: Company): string =>
  random.pick([
    `Met at a trade show for ${industry}; interested in fewer failures and lower energy bills.`,
    `Uses sensors of another vendor so far, whose contract ends next year.`,
    `Came by recommendation. Decisions take a while, but they keep to them.`,
    parent ? `Buys by the framework contract of ${parent.name}.` : `${brand.written} buys site by site.`,
  ])

type Addresses = Pick<
  Prisma.CustomerCreateManyInput,
  `${'billing' | 'shipping'}${'Street' | 'City' | 'State' | 'PostalCode' | 'Country'}`
>

/** Goods mostly go where invoices go; some companies have a warehouse elsewhere, and of some it is not known. */
function addresses(random: Random, { country, place }: Company): Addresses {
  const billing = address(random, country.streets, place)
  const elsewhere = address(random, country.streets, random.pick(country.places))
  const shipping = random.pickWeighted([billing, elsewhere, null], option =>
    option === billing ? 6 : option === elsewhere ? 2 : 2,
  )
  return {
    billingStreet: billing.street,
    billingCity: billing.city,
    billingState: billing.state,
    billingPostalCode: billing.postalCode,
    billingCountry: country.name,
    shippingStreet: shipping?.street ?? null,
    shippingCity: shipping?.city ?? null,
    shippingState: shipping?.state ?? null,
    shippingPostalCode: shipping?.postalCode ?? null,
    shippingCountry: shipping ? country.name : null,
  }
}

const address = (random: Random, streets: readonly string[], { city, state, postalCode }: Place) => ({
  ...{ city, state },
  street: fillDigits(random, random.pick(streets)),
  postalCode: fillDigits(random, postalCode),
})
