import type { Effect, WriteAction } from '@trellis/sdk'

const past: Readonly<Record<WriteAction, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  restore: 'restored',
}

/** Fields that change with every write, and say nothing of it. */
const besides: ReadonlySet<string> = new Set(['updatedAt', 'updatedById', 'source', 'deletedAt'])

/** `OrderLine` -> `orderLine`. */
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** What happens to a record itself, as events of its timeline: which fields changed, never their values. */
export const recordOwnEvents: Effect = async (changes, { services }) => {
  await services.timeline.record(
    changes.flatMap(change => {
      const { entity, action, id } = change
      const fields = change.changedFields().filter(name => !besides.has(name))
      if (action === 'update' && fields.length === 0) return []
      const data = action === 'update' ? { fields: fields.toSorted() } : {}
      return [{ targetId: id, type: `${lowerFirst(entity)}.${past[action]}`, data }]
    }),
  )
}
