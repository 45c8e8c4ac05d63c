import { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { type ConnectionOptions, connectionFrom, withConnection } from '../connection-options.ts'
import type { Surroundings } from '../surroundings.ts'
import { type PlanOptions, withPlan } from './plan-options.ts'
import { remoteCommands } from './remote-command.ts'
import type { Action } from './switch-extension.ts'

/** `trellis extension …`: what administrators decide about extensions, at a gateway that runs. */
export const extensionCommand = (surroundings: Surroundings): Command => {
  const command = new Command('extension')
    .description('list, configure, enable, disable, add and remove extensions of a gateway that runs')
    .addCommand(listCommand(surroundings))
    .addCommand(configureCommand(surroundings))
    .addCommand(switchCommand('enable', surroundings))
    .addCommand(switchCommand('disable', surroundings))
  for (const each of remoteCommands(surroundings)) command.addCommand(each)
  return command
}

const listCommand = (surroundings: Surroundings): Command =>
  withConnection(new Command('list'))
    .description('show the extensions that are installed')
    .option('--json', 'print them as JSON')
    .action(async (options: ConnectionOptions & { readonly json?: boolean }) => {
      const { extensionsOf } = await import('../extensions-of.ts')
      const { table } = await import('./table.ts')
      const extensions = await extensionsOf(connectionFrom(options, surroundings.key))
      if (options.json) return surroundings.print(JSON.stringify(extensions, null, 2))
      const rows = extensions.map(({ name, version, status, revision, problems, description }) => [
        name,
        version,
        status,
        String(revision),
        String(problems.length),
        description ?? '',
      ])
      surroundings.print(
        table([['name', 'version', 'status', 'revision', 'problems', 'description'], ...rows]),
      )
    })

interface ConfigureCommandOptions extends ConnectionOptions {
  readonly secret: readonly string[]
}

const configureCommand = (surroundings: Surroundings): Command =>
  withConnection(new Command('configure'))
    .description('set settings and secrets')
    .argument('<name>', 'the extension')
    .argument('[settings...]', 'key=value, JSON or text; null takes a setting back to its default')
    .option(
      '--secret <name>',
      'a secret, whose value is read from standard input; of several, one line each, in this order',
      (name: string, others: readonly string[]) => [...others, name],
      [],
    )
    .action(async (name: string, assignments: readonly string[], options: ConfigureCommandOptions) => {
      if (assignments.length + options.secret.length === 0)
        throw new CommandError('There is nothing to set: give key=value or --secret NAME.', { exitCode: 2 })
      const { configure } = await import('./configure.ts')
      const secrets = await surroundings.readSecrets(options.secret)
      const done = await configure(connectionFrom(options, surroundings.key), { name, assignments, secrets })
      const missing = done.secrets.filter(({ isSet }) => !isSet).map(secret => secret.name)
      surroundings.print(
        [
          `${name} is configured, revision ${done.revision}; gateways follow within two seconds.`,
          `settings: ${JSON.stringify(done.settings)}`,
          ...done.secrets.map(secret => `secret ${secret.name}: ${secret.isSet ? 'set' : 'not set'}`),
          ...(missing.length > 0 ? [`It waits for ${missing.join(', ')}.`] : []),
        ].join('\n'),
      )
    })

const switchCommand = (action: Action, surroundings: Surroundings): Command =>
  withPlan(withConnection(new Command(action)))
    .description(
      action === 'enable' ? 'let an extension answer' : 'take an extension out of the schema; its data stays',
    )
    .argument('<name>', 'the extension')
    .action(async (name: string, options: ConnectionOptions & PlanOptions) => {
      const { planSwitch } = await import('./switch-extension.ts')
      const { sayAndCarryOut } = await import('./carry-out.ts')
      const planned = await planSwitch(connectionFrom(options, surroundings.key), action, name)
      await sayAndCarryOut({ action, name, planned, options, surroundings })
    })
