import { type ReadRight, type Rights, type RowScope, TrellisError, type Viewer } from '@trellis/sdk'
import { type Grant, type Reach, roles } from './roles.ts'

/** What rights have to know of an entity: the wholes that it may be a part of, if it is one. */
export interface RightsSubject {
  readonly partOf: { readonly key: string; readonly wholes: readonly string[] } | null
}

const nothing: Grant = { read: 'NONE', write: 'NONE' }
const everything: Grant = { read: 'ALL', write: 'ALL' }

function scopeOf(reach: Reach, viewer: Viewer): RowScope {
  switch (reach) {
    case 'ALL':
      return { kind: 'all' }
    case 'OWN':
      return { kind: 'owned', userIds: [viewer.id] }
    case 'NONE':
      return { kind: 'none' }
  }
}

const partScope = (key: string, wholes: readonly ReadRight[]): RowScope => {
  const [whole, ...others] = wholes
  return whole && others.length === 0 ? { kind: 'partOf', key, whole } : { kind: 'partOfAny', key, wholes }
}

/** The rights of a viewer, from their role. Made once for each request. */
export function rightsOf(viewer: Viewer, subjects: ReadonlyMap<string, RightsSubject>): Rights {
  const role = roles[viewer.role]
  const grantOf = (entity: string): Grant => (role === 'everything' ? everything : (role[entity] ?? nothing))

  const read = (entity: string): ReadRight => {
    const part = role === 'everything' ? null : subjects.get(entity)?.partOf
    const rows: RowScope = part
      ? partScope(part.key, part.wholes.map(read))
      : scopeOf(grantOf(entity).read, viewer)
    return { entity, rows, fields: 'all' }
  }

  return {
    read,
    assert(action, { entity, ownerId }) {
      const reach = grantOf(entity).write
      if (reach === 'ALL' || (reach === 'OWN' && ownerId === viewer.id)) return
      const whose = reach === 'OWN' ? ' that is not your own' : ''
      throw new TrellisError('FORBIDDEN', `You may not ${action} a record of ${entity}${whose}.`)
    },
  }
}
