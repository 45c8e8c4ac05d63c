import { basename, dirname } from 'node:path'
import { extensions as builtIn } from '../../../../../extensions/index.ts'
import { isExtensionName, versionFolder } from '../../../../installed/index.ts'
import { CommandError } from '../../command-error.ts'
import type { CarryOutOptions } from './carry-out.ts'
import { installedOrRefused } from './installed-or-refused.ts'
import type { Workshop } from './open-workshop.ts'
import { upgradeSpecification } from './package-source.ts'
import { type ChangePlan, type PlanChangeOptions, planChange } from './plan-change.ts'
import { keptOf } from './purge.ts'
import { stage } from './stage.ts'

/** What is to be done, and what it would do. */
export interface Change {
  readonly plan: ChangePlan
  readonly carried: Omit<CarryOutOptions, 'workshop'>
}

/** A package that is new. */
export const newlyInstalled = (workshop: Workshop, specification: string): Promise<Change> =>
  fetched(workshop, { specification, upgrades: null })

/** Another version of one that is installed. Nothing is fetched for one that is not: its name may be any package's. */
export const upgraded = async (
  workshop: Workshop,
  { name, specification: given }: { readonly name: string; readonly specification: string | undefined },
): Promise<Change> => {
  const specification = upgradeSpecification(workshop.state, { name, given })
  return fetched(workshop, { specification, upgrades: name })
}

async function fetched(
  workshop: Workshop,
  { specification, upgrades }: { readonly specification: string; readonly upgrades: string | null },
): Promise<Change> {
  const { state, folder } = workshop
  const staged = await stage(specification, workshop)
  const { name, version } = staged.extension
  refuseUnfit(name, version, { workshop, upgrades })
  if ((await keptOf({ ...workshop, name })).isRemote)
    throw new CommandError(
      `${name} is the name of a service that was added: npx trellis extension remove ${name}.`,
    )
  const installed = state.extensions[name]
  const before = installed ? await workshop.imported(name).catch(() => null) : null
  const others = await workshop.others(name)
  const plan = await planChange({ name, others, before, after: staged.extension, ...placeOf(workshop) })
  const { source } = staged
  const to = { version, package: staged.package, ...(source !== null && { source }) }
  // Where it will lie once it is put in its place.
  const home = dirname(staged.extension.file).replace(staged.folder, versionFolder(folder, name, version))
  const kind = installed ? 'upgrade' : 'install'
  return {
    plan,
    carried: {
      operation: { kind, name, from: installed?.current ?? null, to, home },
      staged: staged.folder,
    },
  }
}

function refuseUnfit(
  name: string,
  version: string,
  { workshop: { state }, upgrades }: { readonly workshop: Workshop; readonly upgrades: string | null },
): void {
  const installed = state.extensions[name]
  // Both are names of folders.
  if (!isExtensionName(name) || basename(version) !== version || !/^\d/.test(version))
    throw new CommandError(
      `${JSON.stringify(name)} ${JSON.stringify(version)} is no name and version of an extension.`,
    )
  if (builtIn.some(extension => extension.name === name))
    throw new CommandError(`${name} is in extensions/index.ts, and is changed there.`)
  if (upgrades === null && installed)
    throw new CommandError(
      `${name} ${installed.current.version} is installed: npx trellis extension upgrade ${name} takes another version.`,
    )
  if (upgrades !== null && upgrades !== name)
    throw new CommandError(`That is the extension ${name}, and not ${upgrades}.`)
  const known = installed ? [installed.current, ...installed.previous] : []
  if (known.some(other => other.version === version))
    throw new CommandError(
      installed?.current.version === version
        ? `${name} ${version} is installed already.`
        : `${name} ${version} lies here already: npx trellis extension rollback ${name} ${version} goes to it.`,
    )
}

/** A version that served before. */
export async function rolledBack(
  workshop: Workshop,
  { name, version }: { readonly name: string; readonly version: string | undefined },
): Promise<Change> {
  const { state, folder, importer } = workshop
  const installed = installedOrRefused(name, state)
  const to = installed.previous.find(other => version === undefined || other.version === version)
  if (!to)
    throw new CommandError(
      `There is no ${version ?? 'version of before'} of ${name} to go back to; there are: ${installed.previous.map(other => other.version).join(', ') || 'none'}.`,
    )
  const extension = await importer.importFrom(versionFolder(folder, name, to.version), to.package)
  const after = { ...extension, name, version: to.version }
  const before = await workshop.imported(name).catch(() => null)
  const plan = await planChange({
    name,
    others: await workshop.others(name),
    before,
    after,
    ...placeOf(workshop),
  })
  const home = dirname(extension.file)
  return {
    plan,
    carried: {
      operation: { kind: 'rollback', name, from: installed.current, to, home },
      staged: null,
      // Its own migrations were applied when it served; those of the newer version it does not know.
      migrates: false,
    },
  }
}

/** Nothing in the place of what serves. */
export async function uninstalled(workshop: Workshop, name: string): Promise<Change> {
  const { state } = workshop
  const installed = installedOrRefused(name, state)
  const before = await workshop.imported(name).catch(() => null)
  const plan = await planChange({
    name,
    others: await workshop.others(name),
    before,
    after: null,
    ...placeOf(workshop),
  })
  return {
    plan,
    carried: {
      operation: { kind: 'uninstall', name, from: installed.current, to: null, home: null },
      staged: null,
    },
  }
}

/** Where a plan finds what was decided, and what it may be. */
const placeOf = ({
  connection,
  config,
}: Workshop): Pick<PlanChangeOptions, 'connection' | 'allowPrivate'> => ({
  connection,
  allowPrivate: config.privateRemotes,
})
