import { finding } from '../finding.ts'
import type { ManifestCheck } from './check.ts'

/** setTimeout takes no more milliseconds than that, and fires at once instead. */
const most = 2 ** 31 - 1

/** Limits are whole numbers that make sense: from 1, and for the queue from 0. */
export const extensionLimits: ManifestCheck = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const [name, value] of Object.entries(subschema.extension.limits ?? {})) {
      const least = name === 'queue' ? 0 : 1
      if (Number.isInteger(value) && value >= least && value <= most) continue
      yield finding({
        code: 'INVALID_LIMIT',
        spots: [{ subschema }],
        message: named => `limits.${name} of ${named} is ${String(value)}.`,
        fix: `Write a whole number from ${least} to ${most}, or leave it out.`,
      })
    }
}
