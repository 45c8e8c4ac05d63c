import { type Finding, finding } from '../finding.ts'
import { dependenciesOf } from '../sort-extensions.ts'
import type { ExtensionSubschema } from '../subschema.ts'
import type { ManifestCheck } from './check.ts'

/** No extension depends on itself, be it through others: there would be no order to start them in. */
export const dependencyCycles: ManifestCheck = function* ({ extensions }) {
  const byName = new Map(extensions.map(subschema => [subschema.name, subschema]))
  const visited = new Set<string>()
  const reported = new Set<string>()
  for (const subschema of extensions) yield* cyclesFrom(subschema, [])

  function* cyclesFrom(
    subschema: ExtensionSubschema,
    path: readonly ExtensionSubschema[],
  ): Generator<Finding> {
    const start = path.indexOf(subschema)
    if (start !== -1) {
      const circle = path.slice(start)
      const names = circle.map(({ name }) => name)
      if (names.every(name => reported.has(name))) return
      for (const name of names) reported.add(name)
      yield finding({
        code: 'DEPENDENCY_CYCLE',
        spots: circle.map(member => ({ subschema: member })),
        message: (...named) =>
          `Extensions depend on each other in a circle: ${[...named, names[0]].join(' → ')}.`,
        fix: 'Take one of these out of dependsOn; move what both need into an extension of its own.',
        atFault: circle,
      })
      return
    }
    if (visited.has(subschema.name)) return
    visited.add(subschema.name)
    for (const name of dependenciesOf(subschema)) {
      const dependency = byName.get(name)
      if (dependency !== undefined) yield* cyclesFrom(dependency, [...path, subschema])
    }
  }
}
