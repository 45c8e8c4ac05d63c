import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { NeedStatus, Priority } from '../../src/generated/prisma/enums.ts'
import { addDays, addMinutes, atWork, daysBetween, latest, seasonalDay } from './calendar.ts'
import type { Dossier } from './deletions.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import { projects } from './vocabulary/projects.ts'

export interface NeedsOptions {
  readonly now: Date
  readonly dossiers: readonly Dossier[]
  /** Ids of what has been deleted. */
  readonly deleted: ReadonlySet<string>
}

/** What a quarter of the companies asked for, one thing or two. */
export const makeNeeds = ({ now, dossiers, deleted }: NeedsOptions): readonly Prisma.NeedCreateManyInput[] =>
  dossiers
    .filter(({ company }) => !deleted.has(company.id))
    .flatMap(dossier => {
      const random = dossier.company.random.fork('needs')
      const count = random.chance(0.25) ? random.integer(1, 2) : 0
      return Array.from({ length: count }, () => needRow(random, dossier, { now, deleted }))
    })

/** Most of what was asked for long ago has come to something. */
const statusAfter = (random: Random, days: number): NeedStatus =>
  random.pickWeighted(['OPEN', 'IN_PROGRESS', 'MET', 'DECLINED'] as const, status => {
    if (status === 'OPEN') return days < 30 ? 6 : 1
    if (status === 'IN_PROGRESS') return days < 90 ? 4 : 1
    return status === 'MET' ? days / 40 : days / 120
  })

const priorities: readonly { readonly priority: Priority; readonly weight: number }[] = [
  { priority: 'LOW', weight: 2 },
  { priority: 'NORMAL', weight: 6 },
  { priority: 'HIGH', weight: 3 },
  { priority: 'URGENT', weight: 1 },
]

function needRow(
  random: Random,
  { company, contacts }: Dossier,
  { now, deleted }: Pick<NeedsOptions, 'now' | 'deleted'>,
): Prisma.NeedCreateManyInput {
  const { owner, country } = company
  const day = seasonalDay(random, company.createdAt, addDays(now, -4))
  const createdAt = latest(company.createdAt, atWork(random, day, country.utcOffset))
  const known = contacts.filter(
    contact => !deleted.has(contact.id) && new Date(contact.createdAt ?? 0) <= createdAt,
  )
  const status = statusAfter(random, daysBetween(createdAt, now))
  const updatedAt = status === 'OPEN' ? createdAt : addMinutes(createdAt, 90)
  const project = random.pick(projects[company.industry])
  return {
    id: identify('ned', createdAt, random),
    createdAt,
    createdById: owner.id,
    updatedAt,
    updatedById: owner.id,
    version: updatedAt > createdAt ? 2 : 1,
    source: null,
    ownerId: owner.id,
    teamId: owner.teamId,
    customerId: company.id,
    contactId: known.length > 0 && random.chance(0.8) ? random.pick(known).id : null,
    subject: random.pick([
      `${project} for one more site`,
      `${project} with fewer alarms`,
      `Quote for ${project}`,
    ]),
    priority: random.pickWeighted(priorities, ({ weight }) => weight).priority,
    status,
    neededBy: random.chance(0.6) ? addDays(createdAt, random.integer(30, 240)) : null,
  }
}
