import { routePlaceOf } from '../../lib/route-key.ts'
import { finding } from '../finding.ts'
import type { ManifestCheck } from './check.ts'

/** Routes are where they can be, and answer. */
export const routes: ManifestCheck = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const [key, route] of Object.entries(subschema.extension.routes ?? {})) {
      const handle = typeof route === 'function' ? route : route?.handle
      if (routePlaceOf(key) !== null && typeof handle === 'function') continue
      yield finding({
        code: 'ROUTE_INVALID',
        spots: [{ subschema }],
        message: named => `${named} has the route "${key}", which has no such address, or no handler.`,
        fix: 'Write "POST /callback": GET, POST, PUT or DELETE, then a path of small letters, digits, hyphens and `:parameters`; and a function that answers.',
      })
    }
}
