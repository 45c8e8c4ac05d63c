/** What an extension's code may do with the records of an entity. */
export type ScopeAccess = 'read' | 'write'

/** The name of a scope: `OrderLine` and `read` are `orderLine:read`. */
export const scopeName = (entity: string, access: ScopeAccess): string =>
  `${entity.charAt(0).toLowerCase()}${entity.slice(1)}:${access}`

/** Whether scopes hold one: to write is to read as well. */
export const holdsScope = (scopes: readonly string[], entity: string, access: ScopeAccess): boolean =>
  scopes.includes(scopeName(entity, 'write')) ||
  (access === 'read' && scopes.includes(scopeName(entity, 'read')))
