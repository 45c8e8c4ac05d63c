import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, atWork, latest, seasonalDay } from './calendar.ts'
import type { Company } from './companies.ts'
import { found } from './found.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import { fillDigits } from './text.ts'
import { leadingPositions, positions } from './vocabulary/positions.ts'
import type { Word } from './vocabulary/word.ts'

interface Person {
  readonly isWoman: boolean
  readonly given: Word
  readonly family: Word
}

/** The people at a company: the first decides, and most others report to them. */
export function makeContacts(company: Company, now: Date): readonly Prisma.ContactCreateManyInput[] {
  const random = company.random.fork('contacts')
  const contacts: Prisma.ContactCreateManyInput[] = []
  for (const person of people(random, company)) {
    const row = contactRow(random, company, person, contacts[0] ?? null, now)
    contacts.push(row)
  }
  return contacts
}

/** One to five, more at large companies; no two of one name. */
function people(random: Random, company: Company): readonly Person[] {
  const { country, wellKnown, employees } = company
  const usual = 1.3 + Math.log10(employees) / 2
  const count = Math.max(1, Math.min(5, Math.round(usual + 0.9 * random.normal())))
  const byAddress = new Map<string, Person>()
  const add = (person: Person) => byAddress.set(mailbox(person), person)
  for (const [family, given] of wellKnown?.people ?? []) {
    const isWoman = country.women.some(({ written }) => written === given)
    add({
      isWoman,
      given: wordOf(isWoman ? country.women : country.men, given),
      family: wordOf(country.families, family),
    })
  }
  while (byAddress.size < count) {
    const isWoman = random.chance(0.5)
    add({
      isWoman,
      given: random.pick(isWoman ? country.women : country.men),
      family: random.pick(country.families),
    })
  }
  return [...byAddress.values()]
}

const mailbox = ({ given, family }: Person): string => `${given.latin}.${family.latin}`

function contactRow(
  random: Random,
  company: Company,
  person: Person,
  superior: Prisma.ContactCreateManyInput | null,
  now: Date,
): Prisma.ContactCreateManyInput {
  const { country, place, owner, domain } = company
  // The first is known from the start; the others become known while things go on.
  const metAt = superior
    ? atWork(random, seasonalDay(random, company.createdAt, addDays(now, -4)), country.utcOffset)
    : company.createdAt
  const createdAt = latest(company.createdAt, metAt)
  const { title, department } = random.pick(superior ? positions : leadingPositions)
  return {
    id: identify('con', createdAt, random),
    createdAt,
    createdById: owner.id,
    updatedAt: createdAt,
    updatedById: owner.id,
    version: 1,
    source: null,
    ownerId: owner.id,
    teamId: owner.teamId,
    customerId: company.id,
    reportsToId: superior && random.chance(0.7) ? superior.id : null,
    salutation: random.chance(0.8) ? country.salutations[person.isWoman ? 'woman' : 'man'] : null,
    firstName: person.given.written,
    lastName: person.family.written,
    ...{ title, department },
    email: random.chance(0.95) ? `${mailbox(person)}@${domain}` : null,
    phone: random.chance(0.7) ? fillDigits(random, place.phone) : null,
    mobile: random.chance(0.5) ? fillDigits(random, place.phone) : null,
    birthDate: random.chance(0.2) ? birthDate(random, now) : null,
    doNotCall: random.chance(0.04),
    emailOptOut: random.chance(0.07),
  }
}

/** Between 24 and 63 years ago. */
const birthDate = (random: Random, now: Date): Date =>
  new Date(
    Date.UTC(now.getUTCFullYear() - random.integer(24, 63), random.integer(0, 11), random.integer(1, 28)),
  )

const wordOf = (words: readonly Word[], written: string): Word =>
  found(
    words.find(word => word.written === written),
    `name "${written}"`,
  )
