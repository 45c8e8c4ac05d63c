import { TrellisError, type Viewer } from '@trellis/sdk'

/** What leads to an extension: a field, or a route. */
export interface Entrance {
  /** How clients know it, such as `Customer.loyalty` or `GET /extensions/acme/levels`. */
  readonly name: string
  /** The extension that it leads to. */
  readonly owner: string
  /** The roles that it is given to; administrators need not be. */
  readonly roles: readonly Viewer['role'][]
}

/** @throws TrellisError `FORBIDDEN` for a viewer whose role it is not given to */
export function assertPermitted({ role }: Viewer, { name, owner, roles }: Entrance): void {
  if (role === 'ADMINISTRATOR' || roles.includes(role)) return
  throw new TrellisError(
    'FORBIDDEN',
    `${name} is not for your role, ${role}: the extension ${owner} does not permit it.`,
  )
}
