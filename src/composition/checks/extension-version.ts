import semver from 'semver'
import { finding } from '../finding.ts'
import { versionFits } from '../version-fits.ts'
import type { ManifestCheck } from './check.ts'

/** The version is semver, and the extension was made for this Trellis. */
export const extensionVersion: ManifestCheck = function* ({ core, extensions }) {
  for (const subschema of extensions) {
    const spots = [{ subschema }]
    if (semver.valid(subschema.version) === null)
      yield finding({
        code: 'INVALID_VERSION',
        spots,
        message: named => `The version of ${named} is not semver.`,
        fix: 'Set `version`, or the version in its package.json, to one such as 1.2.0.',
      })
    const range = subschema.extension.compatibility?.trellis
    if (range === undefined) continue
    if (semver.validRange(range) === null)
      yield finding({
        code: 'INVALID_RANGE',
        spots,
        message: named =>
          `compatibility.trellis of ${named} is "${range}", which is not a range of versions.`,
        fix: 'Write a semver range such as "^1.0.0".',
      })
    else if (!versionFits(core.version, range))
      yield finding({
        code: 'INCOMPATIBLE_TRELLIS_VERSION',
        spots,
        message: named => `${named} is made for Trellis ${range}; this is Trellis ${core.version}.`,
        fix: 'Install a version of the extension made for this Trellis, or widen compatibility.trellis.',
      })
  }
}
