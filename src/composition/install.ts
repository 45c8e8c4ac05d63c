import type { Extension } from '@trellis/sdk'
import { manifestChecks } from './checks/index.ts'
import { readIsolated } from './isolated/read-isolated.ts'
import { readManifest } from './manifest.ts'
import { parseExtension } from './parse-extension.ts'
import { type Judgement, type JudgeOptions, judge } from './quarantine.ts'
import { readRemote } from './remote/read-remote.ts'
import { sortExtensions } from './sort-extensions.ts'
import type { ExtensionSubschema } from './subschema.ts'

export interface InstallOptions extends JudgeOptions {
  /** Names of those that are switched off. */
  readonly disabled: ReadonlySet<string>
}

/** All extensions that there are, and how each stands before its SDL is compared with others'. */
export interface Installed {
  /** Dependencies first, then by name. */
  readonly installed: readonly ExtensionSubschema[]
  readonly judgement: Judgement
}

/**
 * Reads manifests and SDL. One whose SDL does not parse has none, so it is left out before others are checked, as is one
 * that is switched off.
 */
export function install(
  extensions: readonly Extension[],
  { disabled, ...judging }: InstallOptions,
): Installed {
  const parsed = extensions.map(readManifest).map(manifest => {
    const read = parseExtension(manifest)
    const { remote, isolation } = manifest.extension
    if (read.findings.length > 0) return read
    if (remote) return readRemote(read.subschema, remote, judging.core)
    return isolation === 'process' ? readIsolated(read.subschema, judging.core) : read
  })
  const installed = sortExtensions(parsed.map(({ subschema }) => subschema))
  const standing = installed.filter(({ name }) => !disabled.has(name))
  const found = [
    ...manifestChecks.flatMap(check => [...check({ core: judging.core, extensions: standing, disabled })]),
    ...parsed.flatMap(({ subschema, findings }) => (disabled.has(subschema.name) ? [] : findings)),
  ]
  return {
    installed,
    judgement: judge({ standing, findings: [], isFatal: false }, found, judging),
  }
}
