import semver from 'semver'
import type { ExtensionSubschema, Subschema } from './subschema.ts'

/** Any total order does, as long as it does not come from the order of registration. */
const byName = (left: ExtensionSubschema, right: ExtensionSubschema): number =>
  compare(left.name, right.name) || byVersion(left, right) || compare(left.file, right.file)

const byVersion = ({ version: left }: ExtensionSubschema, { version: right }: ExtensionSubschema): number =>
  semver.valid(left) && semver.valid(right) ? semver.compare(left, right) : compare(left, right)

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** Names in its dependsOn; the core has none. */
export const dependenciesOf = (subschema: Subschema): readonly string[] =>
  subschema.kind === 'core' ? [] : Object.keys(subschema.extension.dependsOn ?? {})

/** Dependencies first, then by name. Members of a circle, which is a problem of its own, come by name. */
export function sortExtensions(subschemas: readonly ExtensionSubschema[]): readonly ExtensionSubschema[] {
  const alphabetical = subschemas.toSorted(byName)
  const byNames = Map.groupBy(alphabetical, ({ name }) => name)
  const sorted = new Set<ExtensionSubschema>()
  const underway = new Set<ExtensionSubschema>()
  const place = (subschema: ExtensionSubschema): void => {
    if (underway.has(subschema)) return
    underway.add(subschema)
    for (const name of dependenciesOf(subschema).toSorted(compare)) byNames.get(name)?.forEach(place)
    sorted.add(subschema)
  }
  alphabetical.forEach(place)
  return [...sorted]
}
