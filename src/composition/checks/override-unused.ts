import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** An override that overrides nothing has most likely a slip of the pen in it. */
export const overrideUnused: Check = function* ({ extensions, members }) {
  for (const subschema of extensions)
    for (const coordinate of subschema.extension.overrides ?? []) {
      const claims = members.get(coordinate) ?? []
      const isOurs = claims.some(claim => claim.subschema === subschema)
      if (isOurs && claims.some(claim => claim.subschema !== subschema)) continue
      yield finding({
        code: 'OVERRIDE_UNUSED',
        severity: 'warning',
        coordinate,
        spots: [{ subschema }],
        message: named =>
          `${named} overrides ${coordinate}, which ${isOurs ? 'nobody else defines' : 'its own SDL does not define'}.`,
        fix: 'Correct the coordinate, define the field by `extend type`, or remove it from overrides.',
      })
    }
}
