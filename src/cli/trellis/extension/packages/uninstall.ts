import { extensions as builtIn } from '../../../../../extensions/index.ts'
import { CommandError } from '../../command-error.ts'
import type { Surroundings } from '../../surroundings.ts'
import { uninstalled } from './changes.ts'
import { openWorkshop, type Workshop } from './open-workshop.ts'
import { type Kept, keptOf, purge } from './purge.ts'
import { type ChangeOptions, runChange } from './run-change.ts'

export interface UninstallOptions {
  readonly name: string
  readonly options: ChangeOptions & { readonly purge?: boolean }
}

/** @throws CommandError when it is refused or not wanted */
export async function uninstall(
  surroundings: Surroundings,
  { name, options }: UninstallOptions,
): Promise<void> {
  if (!options.purge) return runChange(surroundings, { options, change: one => uninstalled(one, name) })
  if (builtIn.some(extension => extension.name === name))
    throw new CommandError(`${name} is in extensions/index.ts: take it out there before its data is removed.`)
  const isInstalled = await sayWhatGoes(surroundings, name)
  const purgeNow = async ({ connection, config }: Workshop): Promise<void> => {
    await purge({ connection, config, name })
    surroundings.print(`The data of ${name} is removed.`)
  }
  if (isInstalled)
    return runChange(surroundings, {
      options,
      change: one => uninstalled(one, name),
      afterwards: purgeNow,
    })
  if (options.plan) return
  if (!options.yes && !(await surroundings.confirm(`Is the data of ${name} to be removed for good?`)))
    throw new CommandError('Nothing was changed. --yes does it without asking.')
  await using workshop = await openWorkshop()
  await purgeNow(workshop)
}

/** Answers whether it is still installed. */
async function sayWhatGoes({ print }: Surroundings, name: string): Promise<boolean> {
  await using workshop = await openWorkshop()
  const kept = await keptOf({ ...workshop, name })
  if (kept.isRemote)
    throw new CommandError(`${name} is a service that was added: npx trellis extension remove ${name}.`)
  print(describeKept(name, kept))
  return Object.hasOwn(workshop.state.extensions, name)
}

const describeKept = (name: string, { tables, values, hasDecision }: Kept): string =>
  [
    `To purge ${name} removes for good`,
    `  tables  ${tables.join(', ') || 'none'}`,
    `  values of its store  ${values}`,
    `  settings and secrets  ${hasDecision ? 'those that were set' : 'none'}`,
    '  events and jobs that wait for it, and files that it stored\n',
  ].join('\n')
