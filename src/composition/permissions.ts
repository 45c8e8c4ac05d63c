import type { LimitedRole } from '@trellis/sdk'
import { Kind } from 'graphql'
import type { Draft, MemberClaim } from './draft.ts'
import { rootTypes } from './names.ts'
import type { ExtensionSubschema } from './subschema.ts'

/** The roles that have to be given what they may do. */
export const limitedRoles: readonly LimitedRole[] = ['AGENT']

/** Whether clients come to an extension by this field: it is on a root type, or on a type of somebody else. */
export const leadsToExtension = ({ typeName, node, subschema }: MemberClaim, { types }: Draft): boolean =>
  node.kind === Kind.FIELD_DEFINITION &&
  subschema.kind === 'extension' &&
  (rootTypes.has(typeName) || types.get(typeName)?.[0]?.subschema !== subschema)

/** The coordinates of all fields that lead to an extension. */
export const entrancesOf = (subschema: ExtensionSubschema, draft: Draft): readonly string[] =>
  [...draft.members].flatMap(([coordinate, [claim]]) =>
    claim?.subschema === subschema && leadsToExtension(claim, draft) ? [coordinate] : [],
  )

/** Who may ask for a field beside administrators; `undefined` where nobody is kept out, or others see to it. */
export function rolesOf(claim: MemberClaim, draft: Draft): readonly LimitedRole[] | undefined {
  const { subschema, typeName, node } = claim
  if (subschema.kind === 'core' || !leadsToExtension(claim, draft)) return undefined
  const { permissions = {} } = subschema.extension
  const coordinate = `${typeName}.${node.name.value}`
  const roles = limitedRoles.filter(role => {
    const given = permissions[role] ?? []
    return given === '*' || given.includes(coordinate)
  })
  return roles.length === limitedRoles.length ? undefined : roles
}
