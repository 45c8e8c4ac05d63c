import { holdsScope, scopeName } from '../lib/scopes.ts'
import { type Finding, finding } from './finding.ts'
import type { Spot } from './place.ts'
import type { ExtensionSubschema } from './subschema.ts'

interface MissingScopeOptions {
  readonly subschema: ExtensionSubschema
  /** What the extension's code sees records of. */
  readonly entities: readonly string[]
  /** What it does with them, such as `requires name of Customer`. */
  readonly what: string
  readonly coordinate?: string
  readonly node?: Spot['node']
}

/** What is wrong where code sees records without the scopes to read them; nothing where it has them. */
export function* missingScope({
  subschema,
  entities,
  what,
  coordinate,
  node,
}: MissingScopeOptions): Generator<Finding> {
  const { scopes = [] } = subschema.extension
  const missing = entities.filter(entity => !holdsScope(scopes, entity, 'read'))
  if (missing.length === 0) return
  const names = missing.map(entity => scopeName(entity, 'read'))
  yield finding({
    code: 'MISSING_SCOPE',
    coordinate,
    spots: [{ subschema, node }],
    message: named => `${named} ${what} without the scope ${names.join(', ')}.`,
    fix: `Add ${names.map(name => `'${name}'`).join(', ')} to scopes.`,
  })
}
