import type { InstalledState } from '../../../../installed/index.ts'
import { CommandError } from '../../command-error.ts'

/** What a command has installed under a name. @throws CommandError when none has */
export function installedOrRefused(
  name: string,
  { extensions }: InstalledState,
): InstalledState['extensions'][string] {
  const installed = Object.hasOwn(extensions, name) ? extensions[name] : undefined
  if (installed) return installed
  throw new CommandError(
    `No command has installed ${JSON.stringify(name)}; installed are: ${Object.keys(extensions).join(', ') || 'none'}.`,
  )
}
