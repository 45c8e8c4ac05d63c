import { Command } from 'commander'
import type { Surroundings } from '../../surroundings.ts'
import type { ChangeOptions, RunChangeOptions } from './run-change.ts'

/** The commands that change which code is installed. They work on TRELLIS_DATA and the database, not by the API. */
export const packageCommands = (surroundings: Surroundings): readonly Command[] => [
  changing(new Command('install'))
    .description('fetch an extension, and have it served')
    .argument('<package>', 'as npm takes it: a name, a tarball or a folder')
    .option('--accept-breaking', 'even when operations of clients break')
    .action((specification: string, options: ChangeOptions) =>
      run(surroundings, options, async workshop => {
        const { newlyInstalled } = await import('./changes.ts')
        return newlyInstalled(workshop, specification)
      }),
    ),
  changing(new Command('upgrade'))
    .description('put another version in the place of the one that serves')
    .argument('<name>', 'the extension')
    .argument(
      '[package]',
      'as npm takes it (default: the newest of the same package, where that came from a registry)',
    )
    .option('--accept-breaking', 'even when operations of clients break')
    .option('--accept-newer-tables', 'even when its tables were made by a newer version')
    .action((name: string, specification: string | undefined, options: ChangeOptions) =>
      run(surroundings, options, async workshop => {
        const { upgraded } = await import('./changes.ts')
        return upgraded(workshop, { name, specification })
      }),
    ),
  changing(new Command('rollback'))
    .description('go back to a version that served before')
    .argument('<name>', 'the extension')
    .argument('[version]', 'which one (default: the one before)')
    .option('--accept-breaking', 'even when operations of clients break')
    .option('--accept-newer-tables', 'even when its tables were made by a newer version')
    .action((name: string, version: string | undefined, options: ChangeOptions) =>
      run(surroundings, options, async workshop => {
        const { rolledBack } = await import('./changes.ts')
        return rolledBack(workshop, { name, version })
      }),
    ),
  changing(new Command('uninstall'))
    .description('serve an extension no more; its data stays')
    .argument('<name>', 'the extension')
    .option('--purge', 'remove its data for good, also of one that is uninstalled already')
    .action(async (name: string, options: ChangeOptions & { readonly purge?: boolean }) => {
      const { uninstall } = await import('./uninstall.ts')
      await uninstall(surroundings, { name, options })
    }),
]

const changing = (command: Command): Command =>
  command
    .option('--plan', 'only say what comes, what goes and what breaks')
    .option('--yes', 'do it without asking')

async function run(
  surroundings: Surroundings,
  options: ChangeOptions,
  change: RunChangeOptions['change'],
): Promise<void> {
  const { enterWorkshop, runChange } = await import('./run-change.ts')
  await using workshop = await enterWorkshop(surroundings)
  await runChange(workshop, surroundings, { options, change })
}
