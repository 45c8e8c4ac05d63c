import semver from 'semver'
import { finding } from '../finding.ts'
import { versionFits } from '../version-fits.ts'
import type { ManifestCheck } from './check.ts'

/** What an extension depends on is installed, in a version that it can work with. */
export const dependencies: ManifestCheck = function* ({ extensions, disabled }) {
  const installed = new Map(extensions.map(subschema => [subschema.name, subschema]))
  for (const subschema of extensions)
    for (const [name, range] of Object.entries(subschema.extension.dependsOn ?? {})) {
      const dependency = installed.get(name)
      if (semver.validRange(range) === null)
        yield finding({
          code: 'INVALID_RANGE',
          spots: [{ subschema }],
          message: named => `${named} depends on ${name} in "${range}", which is not a range of versions.`,
          fix: 'Write a semver range such as "^1.0.0".',
        })
      else if (disabled.has(name))
        yield finding({
          code: 'DEPENDENCY_DISABLED',
          spots: [{ subschema }],
          message: named => `${named} depends on ${name}, which is disabled.`,
          fix: `Enable ${name}, or disable this one as well.`,
        })
      else if (dependency === undefined)
        yield finding({
          code: 'DEPENDENCY_MISSING',
          spots: [{ subschema }],
          message: named => `${named} depends on ${name}, which is not installed.`,
          fix: `Install ${name} ${range} and list it in extensions/index.ts.`,
        })
      else if (!versionFits(dependency.version, range))
        yield finding({
          code: 'DEPENDENCY_VERSION_MISMATCH',
          spots: [{ subschema }, { subschema: dependency }],
          message: (named, other) => `${named} depends on ${name} ${range}; installed is ${other}.`,
          fix: `Install ${name} ${range}, or widen the range in dependsOn.`,
        })
    }
}
