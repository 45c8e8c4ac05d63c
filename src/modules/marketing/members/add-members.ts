import { type DataContext, type Records, TrellisError, type UserError, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import type { CampaignMembersAddInput } from '../../../generated/resolvers.ts'
import { convertedLeadMessage } from './converted-lead.ts'
import type { MembersAdded } from './members-added.ts'
import { isOptedOut, type Wishes } from './opted-out.ts'

/** People that may be added at once. */
const most = 1000

type Key = 'contactId' | 'leadId'

/** Somebody who is to be added. */
interface Person {
  readonly key: Key
  readonly wishes: Wishes & { readonly id: string }
  /** Where in the arguments. */
  readonly path: readonly string[]
}

interface Asked {
  readonly key: Key
  readonly entity: 'Contact' | 'Lead'
  readonly id: string
  readonly path: readonly string[]
}

const refuse = (path: readonly string[], code: string, message: string): UserErrors =>
  new UserErrors([{ code, message, path }])

function assertBounds({ contactIds = [], leadIds = [] }: CampaignMembersAddInput): void {
  const count = contactIds.length + leadIds.length
  if (count < 1 || count > most)
    throw new TrellisError(
      'BAD_INPUT',
      `contactIds and leadIds have ${count} entries; 1 to ${most} are allowed.`,
    )
}

async function campaignToWrite(id: string, { loaders, rights }: DataContext): Promise<Records['Campaign']> {
  const campaign = await loaders.campaigns.byId.load(id)
  if (!campaign || campaign.deletedAt !== null)
    throw refuse(
      ['input', 'campaignId'],
      'NOT_FOUND',
      `There is no Campaign "${id.slice(0, 60)}", or none that you may see.`,
    )
  rights.assert('update', { entity: 'Campaign', ownerId: campaign.ownerId })
  return campaign
}

/** Reads those who are to be added. @throws UserErrors when some are not there, or converted */
async function readPeople(
  { contactIds = [], leadIds = [] }: CampaignMembersAddInput,
  { loaders }: DataContext,
): Promise<readonly Person[]> {
  const [contacts, leads] = await Promise.all([
    loaders.contacts.byId.loadMany(contactIds),
    loaders.leads.byId.loadMany(leadIds),
  ])
  const problems: UserError[] = []
  const found = <Row extends Person['wishes'] & { readonly deletedAt: Date | null }>(
    { key, entity, id, path }: Asked,
    row: Row | null | undefined,
  ): Row | null => {
    if (row?.deletedAt === null) return row
    const message = `${key} "${id.slice(0, 60)}" is of no ${entity}, or of none that you may see.`
    problems.push({ code: 'NOT_FOUND', message, path })
    return null
  }
  const people: Person[] = []
  for (const [index, id] of contactIds.entries()) {
    const path = ['input', 'contactIds', String(index)]
    const contact = found({ key: 'contactId', entity: 'Contact', id, path }, contacts[index])
    if (contact) people.push({ key: 'contactId', wishes: contact, path })
  }
  for (const [index, id] of leadIds.entries()) {
    const path = ['input', 'leadIds', String(index)]
    const lead = found({ key: 'leadId', entity: 'Lead', id, path }, leads[index])
    if (lead?.status === 'CONVERTED')
      problems.push({ code: 'CONVERTED', message: convertedLeadMessage(lead), path })
    else if (lead) people.push({ key: 'leadId', wishes: lead, path })
  }
  if (problems.length > 0) throw new UserErrors(problems)
  return people
}

/**
 * Those of the people whom the campaign addresses already. It is held until the transaction ends: of two who add the
 * same people at once, the second finds whom the first has added.
 */
async function membersAmong(
  campaignId: string,
  people: readonly Person[],
  { database }: DataContext,
): Promise<ReadonlySet<string>> {
  await sql`select from "Campaign" where id = ${campaignId} for no key update`.execute(database())
  const ids = people.map(({ wishes }) => wishes.id)
  const { rows } = await sql<{ person: string }>`
    select coalesce("leadId", "contactId") as person from "CampaignMember"
    where "campaignId" = ${campaignId} and "deletedAt" is null and ("leadId" = any(${ids}) or "contactId" = any(${ids}))`.execute(
    database(),
  )
  return new Set(rows.map(({ person }) => person))
}

/** Makes members of those who are none; answers whom. */
async function insertMembers(
  campaignId: string,
  people: readonly Person[],
  context: DataContext,
): Promise<ReadonlySet<string>> {
  const known = await membersAmong(campaignId, people, context)
  const fresh = people.filter(({ wishes }) => !known.has(wishes.id))
  const items = fresh.map(({ key, wishes, path }) => {
    const values = { campaignId, [key]: wishes.id }
    return { values, input: values, path }
  })
  if (items.length > 0) await context.services.campaignMembers.insert(items)
  return new Set(fresh.map(({ wishes }) => wishes.id))
}

/** Adds members to a campaign; those that it has, and those who opted out, are left as they are. */
export async function addMembers(
  input: CampaignMembersAddInput,
  context: DataContext,
): Promise<MembersAdded> {
  assertBounds(input)
  const { id, type } = await campaignToWrite(input.campaignId, context)
  const people = await readPeople(input, context)
  const willing = people.filter(({ wishes }) => !isOptedOut(type, wishes))
  const once = [...new Map(willing.map(person => [person.wishes.id, person])).values()]
  const added = await insertMembers(id, once, context)
  const seen = new Set<string>()
  const results = people.map(({ wishes }) => {
    const isFirst = !seen.has(wishes.id)
    seen.add(wishes.id)
    if (isOptedOut(type, wishes)) return { id: wishes.id, status: 'OPTED_OUT' as const }
    return {
      id: wishes.id,
      status: isFirst && added.has(wishes.id) ? ('ADDED' as const) : ('ALREADY_MEMBER' as const),
    }
  })
  return { campaignId: id, results }
}
