import type { DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { mayWrite } from '../../../lib/may-write.ts'
import type { Marking } from './bounds.ts'

type Tag = Records['Tag']

/** Tags that were asked for, and what is wrong with the others. */
export interface FoundTags {
  readonly ids: readonly string[]
  readonly problems: readonly UserError[]
}

const problem = (list: 'tagIds' | 'names', index: number, code: string, message: string): UserError => ({
  code,
  message,
  path: ['input', list, String(index)],
})

/** Tags by their words, deleted ones included: they still have theirs. */
async function tagsNamed({ loaders }: DataContext, names: readonly string[]) {
  if (names.length === 0) return new Map<string, Tag>()
  const list = loaders.tags.list({ filter: { name: { in: names } }, deleted: 'INCLUDE', first: 100 })
  const { nodes } = await list.page()
  return new Map(nodes.map(tag => [tag.name, tag]))
}

async function findByIds({ loaders }: DataContext, ids: readonly string[], isGone: (tag: Tag) => boolean) {
  const tags = await loaders.tags.byId.loadMany(ids)
  return ids.flatMap((id, index) => {
    const tag = tags[index]
    if (tag && !isGone(tag)) return []
    const message = `tagIds has ${JSON.stringify(id.slice(0, 60))}, but there is no such Tag, or none that you may see.`
    return [problem('tagIds', index, 'NOT_FOUND', message)]
  })
}

const wordsOf = ({ names }: Marking): readonly string[] => (names ?? []).map(name => name.trim())

/** The tags to take off: what there is not is on no record, and a deleted one may be. */
export async function findTags(context: DataContext, marking: Marking): Promise<FoundTags> {
  const { tagIds } = marking
  const problems = await findByIds(context, tagIds ?? [], () => false)
  const named = await tagsNamed(context, wordsOf(marking))
  return { ids: [...new Set([...(tagIds ?? []), ...[...named.values()].map(({ id }) => id)])], problems }
}

/** The tags to put on; words that nobody has used are made to tags, where the viewer may. */
export async function findOrMakeTags(context: DataContext, marking: Marking): Promise<FoundTags> {
  const { tagIds } = marking
  const words = wordsOf(marking)
  let named = await tagsNamed(context, words)
  const isUnknown = (word: string): boolean => word !== '' && !named.has(word)
  if (words.some(isUnknown)) {
    // Of two who bring the same new word at once, the second waits here and finds it.
    await sql`select pg_advisory_xact_lock(hashtextextended('Tag.name', 0))`.execute(context.database())
    named = await tagsNamed(context, words)
  }
  const unknown = [...new Set(words.filter(isUnknown))]
  const mayMake = unknown.length === 0 || mayWrite(context, 'create', { entity: 'Tag' })
  const problems = [
    ...(await findByIds(context, tagIds ?? [], ({ deletedAt }) => deletedAt !== null)),
    ...words.flatMap((word, index) => {
      if (word === '') return [problem('names', index, 'REQUIRED', 'A name may not be blank.')]
      if (named.get(word)?.deletedAt)
        return [problem('names', index, 'DELETED', `The tag "${word}" is deleted; restore it first.`)]
      if (mayMake || !isUnknown(word)) return []
      const message = `There is no tag "${word.slice(0, 60)}", and you may not make one.`
      return [problem('names', index, 'NOT_FOUND', message)]
    }),
  ]
  if (problems.length > 0) return { ids: [], problems }
  const made = await context.services.tags.insert(
    unknown.map(name => ({
      values: { name },
      input: { name },
      path: ['input', 'names', String(words.indexOf(name))],
    })),
  )
  const known = [...named.values()].map(({ id }) => id)
  return { ids: [...new Set([...(tagIds ?? []), ...known, ...made])], problems }
}
