import { type Rights, TrellisError } from '@trellis/sdk'
import { holdsScope, type ScopeAccess, scopeName } from '../../lib/scopes.ts'

/** An extension, as far as what its code may do goes. */
export interface ScopeHolder {
  readonly name: string
  readonly scopes?: readonly string[] | undefined
}

/** The entities that there are scopes of. */
export type ScopedEntities = Pick<ReadonlyMap<string, unknown>, 'has'>

/** @throws TrellisError `MISSING_SCOPE` that names the extension and what to add to its scopes */
export function assertScope(
  { name, scopes = [] }: ScopeHolder,
  entity: string,
  access: ScopeAccess,
  entities: ScopedEntities,
): void {
  // What is no entity, such as the extensions themselves, is out of reach of any scope.
  const isEntity = entities.has(entity)
  if (isEntity && holdsScope(scopes, entity, access)) return
  const scope = scopeName(entity, access)
  const why = isEntity
    ? `it does not have the scope ${scope}. Add '${scope}' to its scopes.`
    : 'no scope of an extension allows that.'
  throw new TrellisError('MISSING_SCOPE', `The extension ${name} may not ${access} ${entity}: ${why}`, {
    extensions: { extension: name, ...(isEntity && { scope }) },
  })
}

/**
 * What an extension's code may do: what the viewer may, as far as its scopes go. What they leave out is refused rather
 * than empty, so that nobody takes it for data that is not there.
 */
export const scopedRights = (rights: Rights, holder: ScopeHolder, entities: ScopedEntities): Rights => ({
  read(entity) {
    assertScope(holder, entity, 'read', entities)
    return rights.read(entity)
  },
  assert(action, subject) {
    assertScope(holder, subject.entity, 'write', entities)
    rights.assert(action, subject)
  },
})
