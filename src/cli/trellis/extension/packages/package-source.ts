/** Where packages come from. By its name alone a registry has one only where it had the package before: anybody may have given that name to another. */
import { validRange } from 'semver'
import type { InstalledState } from '../../../../installed/index.ts'
import { CommandError } from '../../command-error.ts'
import { installedOrRefused } from './installed-or-refused.ts'

/**
 * A tarball, folder or address that a package came from; `null` for a registry that has it by its name.
 *
 * @param saved what npm notes of it, which is a range of versions for the latter
 */
export function sourceOf(specification: string, saved: string): string | null {
  if (validRange(saved) !== null) return null
  if (!URL.canParse(specification)) return specification
  // Keys may be in any of these.
  return Object.assign(new URL(specification), { username: '', password: '', search: '' }).href
}

/**
 * What to upgrade to: what is given, or the newest of the same package.
 *
 * @throws CommandError where it is not installed, or nobody knows where newer ones are
 */
export function upgradeSpecification(
  state: InstalledState,
  { name, given }: { readonly name: string; readonly given: string | undefined },
): string {
  const { current } = installedOrRefused(name, state)
  if (given !== undefined) return given
  if (current.source === undefined) return `${current.package}@latest`
  throw new CommandError(
    `${name} ${current.version} came from ${current.source}, and ${current.package} in a registry may be somebody else's. Name the package: npx trellis extension upgrade ${name} <package>.`,
  )
}
