import { Command } from 'commander'
import type { Surroundings } from '../../surroundings.ts'
import type { ChangeOptions } from './run-change.ts'

/** The commands that change which code is installed. They work on TRELLIS_DATA and the database, not by the API. */
export const packageCommands = (surroundings: Surroundings): readonly Command[] => [
  changing(new Command('install'))
    .description('fetch an extension, and have it served')
    .argument('<package>', 'as npm takes it: a name, a tarball or a folder')
    .option('--accept-breaking', 'even when operations of clients break')
    .action((specification: string, options: ChangeOptions) =>
      run(
        surroundings,
        options,
        ({ fetched }) =>
          workshop =>
            fetched(workshop, { specification, upgrades: null }),
      ),
    ),
  changing(new Command('upgrade'))
    .description('put another version in the place of the one that serves')
    .argument('<name>', 'the extension')
    .argument('[package]', 'as npm takes it (default: the newest of the same package)')
    .option('--accept-breaking', 'even when operations of clients break')
    .option('--accept-newer-tables', 'even when its tables were made by a newer version')
    .action((name: string, specification: string | undefined, options: ChangeOptions) =>
      run(surroundings, options, ({ fetched }) => workshop => {
        const known = workshop.state.extensions[name]?.current.package
        return fetched(workshop, {
          specification: specification ?? `${known ?? name}@latest`,
          upgrades: name,
        })
      }),
    ),
  changing(new Command('rollback'))
    .description('go back to a version that served before')
    .argument('<name>', 'the extension')
    .argument('[version]', 'which one (default: the one before)')
    .option('--accept-breaking', 'even when operations of clients break')
    .option('--accept-newer-tables', 'even when its tables were made by a newer version')
    .action((name: string, version: string | undefined, options: ChangeOptions) =>
      run(
        surroundings,
        options,
        ({ rolledBack }) =>
          workshop =>
            rolledBack(workshop, { name, version }),
      ),
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

type Changes = typeof import('./changes.ts')

async function run(
  surroundings: Surroundings,
  options: ChangeOptions,
  changeBy: (changes: Changes) => Parameters<typeof import('./run-change.ts').runChange>[1]['change'],
): Promise<void> {
  const changes = await import('./changes.ts')
  const { runChange } = await import('./run-change.ts')
  await runChange(surroundings, { options, change: changeBy(changes) })
}
