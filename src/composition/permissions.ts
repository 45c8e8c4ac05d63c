import type { Extension, LimitedRole } from '@trellis/sdk'
import { Kind } from 'graphql'
import type { Draft, MemberClaim } from './draft.ts'
import { rootTypes } from './names.ts'
import type { ExtensionSubschema } from './subschema.ts'

/** The roles that have to be given what they may do. */
export const limitedRoles: readonly LimitedRole[] = ['AGENT']

/** Whether clients come to an extension by this field: it is on a root type, or on a type of somebody else. */
const leadsToExtension = ({ typeName, node, subschema }: MemberClaim, { types }: Draft): boolean =>
  node.kind === Kind.FIELD_DEFINITION &&
  subschema.kind === 'extension' &&
  (rootTypes.has(typeName) || types.get(typeName)?.[0]?.subschema !== subschema)

/** What permissions may name of an extension: the fields that lead to it, and the routes that ask for a key. */
export const entrancesOf = (subschema: ExtensionSubschema, draft: Draft): readonly string[] => [
  ...[...draft.members].flatMap(([coordinate, [claim]]) =>
    claim?.subschema === subschema && leadsToExtension(claim, draft) ? [coordinate] : [],
  ),
  ...Object.entries(subschema.extension.routes ?? {}).flatMap(([key, route]) =>
    typeof route === 'object' && route.authentication === 'none' ? [] : [key],
  ),
]

/** The roles that an extension gives a field or a route to, by its coordinate or its `GET /path`. */
export const permittedRoles = ({ permissions = {} }: Extension, entrance: string): readonly LimitedRole[] =>
  limitedRoles.filter(role => {
    const given = permissions[role] ?? []
    return given === '*' || given.includes(entrance)
  })

/** Who may ask for a field beside administrators; `undefined` where nobody is kept out, or others see to it. */
export function rolesOf(claim: MemberClaim, draft: Draft): readonly LimitedRole[] | undefined {
  const { subschema, typeName, node } = claim
  if (subschema.kind === 'core' || !leadsToExtension(claim, draft)) return undefined
  const roles = permittedRoles(subschema.extension, `${typeName}.${node.name.value}`)
  return roles.length === limitedRoles.length ? undefined : roles
}
