import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, atWork, latest, seasonalDay } from './calendar.ts'
import type { Company } from './companies.ts'
import type { Dossier } from './deletions.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import { noteTexts } from './vocabulary/notes.ts'
import { type TagWord, tagWords } from './vocabulary/tags.ts'

/** What hangs on the sample's customers and opportunities, table by table. */
export interface SampleRecords {
  readonly Tag: readonly Prisma.TagCreateManyInput[]
  readonly Tagging: readonly Prisma.TaggingCreateManyInput[]
  readonly Note: readonly Prisma.NoteCreateManyInput[]
}

export interface RecordsOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
  readonly dossiers: readonly Dossier[]
}

/** Days for which there have been tags. */
const tagAgeInDays = 700

const written = (prefix: string, at: Date, by: string, random: Random) => ({
  id: identify(prefix, at, random),
  createdAt: at,
  createdById: by,
  updatedAt: at,
  updatedById: by,
})

/** A working hour between the company's first day and some days ago. */
function momentFor({ createdAt, country }: Company, now: Date, random: Random): Date {
  const day = seasonalDay(random, createdAt, addDays(now, -4))
  return latest(createdAt, atWork(random, day, country.utcOffset))
}

/** The words that fit what has become of a company. */
function wordsFor({ opportunities }: Dossier, random: Random): readonly TagWord[] {
  const won = opportunities.filter(({ isWon }) => isWon).length
  const lost = opportunities.filter(({ isWon, closedAt }) => closedAt && !isWon).length
  return [
    ...(won > 2 ? [tagWords.vip] : []),
    ...(won > 1 && random.chance(0.4) ? [tagWords.reference] : []),
    ...(lost > 1 && random.chance(0.5) ? [tagWords.priceSensitive] : []),
    ...(random.chance(0.15) ? [tagWords.fair] : []),
  ]
}

function notesFor({ company, opportunities }: Dossier, now: Date, random: Random) {
  const targets = [company.id, ...opportunities.slice(0, 1).map(({ id }) => id)]
  return targets.flatMap(targetId => {
    if (!random.chance(0.3)) return []
    const { title, body } = random.pick(noteTexts)
    const begun = opportunities.find(({ id }) => id === targetId)?.createdAt ?? company.createdAt
    const at = latest(begun, momentFor(company, now, random))
    const note = { ...written('nte', at, company.owner.id, random), targetId, title, body }
    return [{ ...note, isPinned: random.chance(0.1) }]
  })
}

/** Tags, where they have been put, and notes. */
export function makeRecords({ random, now, administratorId, dossiers }: RecordsOptions): SampleRecords {
  const since = addDays(now, -tagAgeInDays)
  const tags = Object.values(tagWords).map(word => ({
    ...written('tag', since, administratorId, random),
    ...word,
  }))
  const idOf = new Map<string, string>(tags.map(({ name, id }) => [name, id]))
  return {
    Tag: tags,
    Tagging: dossiers.flatMap(dossier => {
      const { company } = dossier
      const own = company.random.fork('tags')
      return wordsFor(dossier, own).flatMap(({ name }) => {
        const at = latest(since, momentFor(company, now, own))
        const tagId = idOf.get(name)
        return tagId ? [{ ...written('tgg', at, company.owner.id, own), targetId: company.id, tagId }] : []
      })
    }),
    Note: dossiers.flatMap(dossier => notesFor(dossier, now, dossier.company.random.fork('notes'))),
  }
}
