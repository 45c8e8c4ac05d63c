import type { DataContext, Records } from '@trellis/sdk'
import { refuse } from './input.ts'

type Place = Partial<Pick<Records['Case'], 'ownerId' | 'teamId'>>

/** To whom a case is to go, as a mutation says it. */
export interface Destination {
  readonly ownerId: string | null | undefined
  readonly teamId: string | null | undefined
}

/**
 * Where a case goes: to a user, whose team goes with it unless another is given, or to a team. Users and teams that
 * there are not are refused as references.
 *
 * @throws UserErrors when the user is not active
 */
export async function placeAt(
  { ownerId, teamId }: Destination,
  { loaders }: Pick<DataContext, 'loaders'>,
): Promise<Place> {
  const owner = ownerId ? await loaders.users.byId.load(ownerId) : null
  if (owner && !owner.isActive)
    throw refuse('ownerId', 'INACTIVE', `${owner.name} is not active; choose somebody else.`)
  const team = teamId === undefined ? (owner?.teamId ?? undefined) : teamId
  return { ...(ownerId !== undefined && { ownerId }), ...(team !== undefined && { teamId: team }) }
}

/**
 * Where an escalated case goes: as said, or else to the manager of its owner.
 *
 * @throws UserErrors when there is no such manager, or nobody who is active
 */
export async function placeAbove(
  { ownerId }: Pick<Records['Case'], 'ownerId'>,
  to: Destination,
  context: Pick<DataContext, 'loaders'>,
): Promise<Place> {
  if (to.ownerId || to.teamId) return placeAt(to, context)
  const { users } = context.loaders
  const owner = ownerId ? await users.byId.load(ownerId) : null
  const manager = owner?.managerId ? await users.byId.load(owner.managerId) : null
  if (manager?.isActive && !manager.deletedAt)
    return placeAt({ ownerId: manager.id, teamId: undefined }, context)
  const why = !owner
    ? 'The case has no owner'
    : manager
      ? `${manager.name}, the manager of ${owner.name}, is not active`
      : `${owner.name} has no manager`
  throw refuse('ownerId', 'REQUIRED', `${why}; say to whom it goes by ownerId or teamId.`)
}
