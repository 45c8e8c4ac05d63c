import { extensions as builtIn } from '../../../../../extensions/index.ts'
import { isExtensionName } from '../../../../installed/index.ts'
import { CommandError } from '../../command-error.ts'
import type { Surroundings } from '../../surroundings.ts'
import { type Change, uninstalled } from './changes.ts'
import type { Workshop } from './open-workshop.ts'
import { type Kept, keptOf, purge } from './purge.ts'
import { type ChangeOptions, enterWorkshop, runChange } from './run-change.ts'

export interface UninstallOptions {
  readonly name: string
  readonly options: ChangeOptions & { readonly purge?: boolean }
}

/** @throws CommandError when it is refused or not wanted */
export async function uninstall(
  surroundings: Surroundings,
  { name, options }: UninstallOptions,
): Promise<void> {
  // It becomes a part of names of folders, which are removed.
  if (!isExtensionName(name)) throw new CommandError(`${JSON.stringify(name)} is no name of an extension.`)
  // Nothing is installed between what is said, what is answered and what is removed.
  await using workshop = await enterWorkshop(surroundings)
  const change = (): Promise<Change> => uninstalled(workshop, name)
  if (!options.purge) return await runChange(workshop, surroundings, { options, change })
  if (builtIn.some(extension => extension.name === name))
    throw new CommandError(`${name} is in extensions/index.ts: take it out there before its data is removed.`)
  await sayWhatGoes(workshop, surroundings, name)
  const purgeNow = async (): Promise<void> => {
    await purge({ ...workshop, name })
    surroundings.print(`The data of ${name} is removed.`)
  }
  if (Object.hasOwn(workshop.state.extensions, name))
    return await runChange(workshop, surroundings, { options, change, afterwards: purgeNow })
  if (options.plan) return
  if (!options.yes && !(await surroundings.confirm(`Is the data of ${name} to be removed for good?`)))
    throw new CommandError('Nothing was changed. --yes does it without asking.')
  await purgeNow()
}

async function sayWhatGoes(workshop: Workshop, { print }: Surroundings, name: string): Promise<void> {
  const kept = await keptOf({ ...workshop, name })
  if (kept.isRemote)
    throw new CommandError(`${name} is a service that was added: npx trellis extension remove ${name}.`)
  print(describeKept(name, kept))
}

const describeKept = (name: string, { tables, values, hasDecision }: Kept): string =>
  [
    `To purge ${name} removes for good`,
    `  tables  ${tables.join(', ') || 'none'}`,
    `  values of its store  ${values}`,
    `  settings and secrets  ${hasDecision ? 'those that were set' : 'none'}`,
    '  events and jobs that wait for it, and files that it stored\n',
  ].join('\n')
