import { finding } from '../finding.ts'
import { entrancesOf, limitedRoles } from '../permissions.ts'
import type { Check } from './check.ts'

const saidOf = (entrance: string): string =>
  entrance.includes('/')
    ? `call ${entrance}, which is no route of it that asks for a key`
    : `ask for ${entrance}, which is no field that leads to it`

/** What permissions name is there: a slip of the pen would keep people out, or be taken for a lock. */
export const permissions: Check = function* (draft) {
  for (const subschema of draft.extensions) {
    const entrances = entrancesOf(subschema, draft)
    const known: ReadonlySet<string> = new Set(limitedRoles)
    for (const [role, given] of Object.entries(subschema.extension.permissions ?? {})) {
      if (!known.has(role))
        yield finding({
          code: 'PERMISSION_INVALID',
          spots: [{ subschema }],
          message: named => `${named} gives permissions to ${role}, which is no role that is given any.`,
          fix: `Give them to ${limitedRoles.join(', ')}; administrators may ask for everything.`,
        })
      for (const coordinate of given === '*' ? [] : given) {
        if (entrances.includes(coordinate)) continue
        yield finding({
          code: 'PERMISSION_INVALID',
          coordinate,
          spots: [{ subschema }],
          message: named => `${named} gives ${role} the permission to ${saidOf(coordinate)}.`,
          fix:
            entrances.length > 0
              ? `Name some of ${entrances.join(', ')}, or '*' for all.`
              : 'Remove it: it has neither fields nor routes to give.',
        })
      }
    }
  }
}
