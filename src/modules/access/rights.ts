import { type ReadRight, type Rights, type RowScope, TrellisError, type Viewer } from '@trellis/sdk'
import { type Grant, type Reach, roles } from './roles.ts'

/** What rights have to know of an entity. */
export interface RightsSubject {
  /** The wholes that it may be a part of; `null` for none. */
  readonly partOf: { readonly key: string; readonly wholes: readonly string[] } | null
  /** What links it to records whose viewers see it, too. */
  readonly linked: {
    readonly entity: string
    readonly key: string
    readonly to: string
    readonly wholes: readonly string[]
  } | null
}

const nowhere: RightsSubject = { partOf: null, linked: null }

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

/** What a viewer reads because a record names the viewer. */
function namingScopes({ naming, askedBy }: Grant, viewer: Viewer): readonly RowScope[] {
  const named = (key: string): RowScope => ({ kind: 'naming', key, userIds: [viewer.id] })
  return [
    ...(naming ? [named(naming)] : []),
    ...(askedBy
      ? [
          {
            kind: 'pointedTo',
            key: askedBy.key,
            status: askedBy.status,
            by: { entity: askedBy.entity, rows: named(askedBy.naming), fields: 'all' },
          } as const,
        ]
      : []),
  ]
}

/** The rights of a viewer, from their role. Made once for each request. */
export function rightsOf(viewer: Viewer, subjects: ReadonlyMap<string, RightsSubject>): Rights {
  const role = roles[viewer.role]
  const grantOf = (entity: string): Grant => (role === 'everything' ? everything : (role[entity] ?? nothing))

  const read = (entity: string): ReadRight => {
    const { partOf, linked } = (role === 'everything' ? null : subjects.get(entity)) ?? nowhere
    const grant = grantOf(entity)
    const usual = partOf ? partScope(partOf.key, partOf.wholes.map(read)) : scopeOf(grant.read, viewer)
    const besides: readonly RowScope[] = [
      ...namingScopes(grant, viewer),
      ...(linked && usual.kind === 'owned'
        ? [{ ...linked, kind: 'linked' as const, wholes: linked.wholes.map(read) }]
        : []),
    ]
    const rows: RowScope = besides.length > 0 ? { kind: 'anyOf', scopes: [usual, ...besides] } : usual
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
