import { type DataContext, type Records, type Services, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import { assertBounds, type Marking } from './bounds.ts'
import { type FoundTags, findOrMakeTags, findTags } from './find-tags.ts'
import { targetProblems } from './target-problems.ts'

type Tagging = Records['Tagging']

export interface Marked {
  /** The marks of all pairs, record by record. */
  readonly taggings: readonly Tagging[]
  /** How many of them are new. */
  readonly added: number
}

declare module '@trellis/sdk' {
  interface TagsService {
    /**
     * Marks records with tags; what is marked already stays so.
     *
     * @throws UserErrors when a record or a tag is refused; nothing is marked then
     * @throws TrellisError `BAD_INPUT` for fewer or more pairs than are allowed
     */
    mark(marking: Marking): Promise<Marked>
    /** Takes tags off records; answers the marks that are gone. @throws as `mark` */
    unmark(marking: Marking): Promise<readonly Tagging[]>
  }
}

type Pair = Pick<Tagging, 'id' | 'targetId' | 'tagId'>

/** Marks among these records and tags; nobody else adds any until the transaction ends. */
async function marksAmong(
  context: DataContext,
  targetIds: readonly string[],
  tagIds: readonly string[],
): Promise<readonly Pair[]> {
  const database = context.database()
  await sql`select from "Tag" where id = any(${tagIds}) order by id for no key update`.execute(database)
  const { rows } = await sql<Pair>`
    select id, "targetId", "tagId" from "Tagging"
    where "targetId" = any(${targetIds}) and "tagId" = any(${tagIds}) and "deletedAt" is null`.execute(
    database,
  )
  return rows
}

/** Record by record, in the order of the input. */
const inOrder = (marks: readonly Pair[], targetIds: readonly string[], tagIds: readonly string[]) => {
  const ids = new Map(marks.map(({ id, targetId, tagId }) => [`${targetId} ${tagId}`, id]))
  return targetIds.flatMap(targetId => tagIds.flatMap(tagId => ids.get(`${targetId} ${tagId}`) ?? []))
}

/** What tags can do besides being written: be put on records, and taken off, many at once. */
export function tagService(context: DataContext): Partial<Services['tags']> {
  const { loaders, services } = context

  const found = async (
    marking: Marking,
    deleted: 'take' | 'refuse',
    find: (context: DataContext, marking: Marking) => Promise<FoundTags>,
  ) => {
    assertBounds(marking)
    const targets = await targetProblems(context, marking.targetIds, { deleted })
    if (targets.length > 0) throw new UserErrors(targets)
    const { ids, problems } = await find(context, marking)
    if (problems.length > 0) throw new UserErrors(problems)
    const targetIds = [...new Set(marking.targetIds)]
    return { targetIds, tagIds: ids, marks: await marksAmong(context, targetIds, ids) }
  }
  const read = async (ids: readonly string[]) =>
    (await loaders.taggings.byId.loadMany(ids)).filter(tagging => tagging !== null)

  return {
    async mark(marking) {
      const { targetIds, tagIds, marks } = await found(marking, 'refuse', findOrMakeTags)
      const known = new Set(marks.map(({ targetId, tagId }) => `${targetId} ${tagId}`))
      const missing = targetIds.flatMap(targetId =>
        tagIds.filter(tagId => !known.has(`${targetId} ${tagId}`)).map(tagId => ({ targetId, tagId })),
      )
      const ids = await services.taggings.insert(missing.map(values => ({ values, input: values })))
      const made = missing.flatMap((pair, index) => {
        const id = ids[index]
        return id === undefined ? [] : [{ ...pair, id }]
      })
      const taggings = await read(inOrder([...marks, ...made], targetIds, tagIds))
      return { taggings, added: made.length }
    },

    async unmark(marking) {
      const { targetIds, tagIds, marks } = await found(marking, 'take', findTags)
      const ids = inOrder(marks, targetIds, tagIds)
      if (ids.length > 0) await services.taggings.bulkDelete({ items: ids.map(id => ({ id })) })
      return read(ids)
    },
  }
}
