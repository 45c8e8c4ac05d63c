import { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { type ConnectionOptions, connectionFrom, withConnection } from '../connection-options.ts'
import type { Surroundings } from '../surroundings.ts'
import { packageCommands } from './packages/command.ts'
import type { Action } from './switch-extension.ts'

/** `trellis extension …`: which extensions are installed here, and what administrators decide about them at a gateway that runs. */
export const extensionCommand = (surroundings: Surroundings): Command => {
  const command = new Command('extension')
    .description(
      'list, configure, enable and disable extensions of a gateway that runs; install and remove them',
    )
    .addCommand(listCommand(surroundings))
    .addCommand(configureCommand(surroundings))
    .addCommand(switchCommand('enable', surroundings))
    .addCommand(switchCommand('disable', surroundings))
  for (const packageCommand of packageCommands(surroundings)) command.addCommand(packageCommand)
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

interface SwitchOptions extends ConnectionOptions {
  readonly plan?: boolean
  readonly yes?: boolean
}

const switchCommand = (action: Action, { print, paint, confirm, key }: Surroundings): Command =>
  withConnection(new Command(action))
    .description(
      action === 'enable' ? 'let an extension answer' : 'take an extension out of the schema; its data stays',
    )
    .argument('<name>', 'the extension')
    .option('--plan', 'only say what comes, what goes and what breaks')
    .option('--yes', 'do it even when something breaks, without asking')
    .action(async (name: string, options: SwitchOptions) => {
      const { planSwitch } = await import('./switch-extension.ts')
      const { describePlan } = await import('./describe-plan.ts')
      const { plan, carryOut } = await planSwitch(connectionFrom(options, key), action, name)
      print(describePlan(action, name, plan, paint))
      if (options.plan) return
      if (plan.breaking.some(({ isBreaking }) => isBreaking) && !options.yes) {
        const isWanted = await confirm(
          `Operations of clients break. Is ${name} to be ${action}d all the same?`,
        )
        if (isWanted === null)
          throw new CommandError(
            'Nothing was changed: something breaks, and nobody is there to ask. --yes does it.',
          )
        if (!isWanted) throw new CommandError('Nothing was changed.')
      }
      await carryOut()
      print(`\n${name} is ${action}d; gateways follow within two seconds.`)
    })
