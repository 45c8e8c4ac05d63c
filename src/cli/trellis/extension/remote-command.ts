import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { CommandError } from '../command-error.ts'
import { type ConnectionOptions, connectionFrom, withConnection } from '../connection-options.ts'
import type { Surroundings } from '../surroundings.ts'
import { type PlanOptions, withPlan } from './plan-options.ts'
import type { RemoteAction, RemoteWords } from './remote.ts'

interface DeclarationOptions {
  readonly at?: string
  readonly schema?: string
  readonly askSchema?: boolean
  readonly remoteVersion?: string
  readonly merge?: readonly string[]
  readonly header?: readonly string[]
  readonly agents?: readonly string[]
  readonly signed?: boolean
  readonly timeout?: number
}

type RemoteCommandOptions = DeclarationOptions & ConnectionOptions & PlanOptions

/** `trellis extension add`, `update` and `remove`: services elsewhere, at a gateway that runs. */
export const remoteCommands = (surroundings: Surroundings): readonly Command[] => [
  withDeclaration(command('add', surroundings))
    .description('add a GraphQL service elsewhere; without --schema it is asked for its own')
    .requiredOption('--at <address>', 'where the service answers GraphQL over HTTP'),
  withDeclaration(command('update', surroundings))
    .description('change what was said of a service; what is not named stays')
    .option('--at <address>', 'where the service answers GraphQL over HTTP')
    .option('--ask-schema', 'ask the service for its schema anew'),
  command('remove', surroundings).description('remove a service that was added'),
]

const several = (value: string, others: readonly string[] = []): readonly string[] => [...others, value]

const milliseconds = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number of milliseconds is wanted.')
}

const withDeclaration = (one: Command): Command =>
  one
    .option('--schema <file>', 'its SDL, which it is pinned to')
    .option('--remote-version <version>', 'its version, as semver')
    .option(
      '--merge <lookup>',
      'Type=key:lookup(argument:), for a type of others that it adds fields to; again for each',
      several,
    )
    .option('--header <name>', "a client's header to pass on; again for each", several)
    .option(
      '--agents <field>',
      "a field that agents may ask for, such as Customer.reviews; '*' for all; again for each",
      several,
    )
    .option('--signed', 'sign its requests with a secret that is read from standard input')
    .option('--timeout <ms>', 'milliseconds for a whole call', milliseconds)

const command = (action: RemoteAction, surroundings: Surroundings): Command =>
  withPlan(withConnection(new Command(action)))
    .argument('<name>', 'the extension')
    .action(async (name: string, options: RemoteCommandOptions) => {
      const { planRemote } = await import('./remote.ts')
      const { sayAndCarryOut } = await import('./carry-out.ts')
      const connection = connectionFrom(options, surroundings.key)
      const planned = await planRemote(connection, action, await wordsOf(name, options, surroundings))
      await sayAndCarryOut({ action, name, planned, options, surroundings })
    })

async function wordsOf(
  name: string,
  { at, schema, askSchema, remoteVersion, merge, header, agents, signed, timeout }: DeclarationOptions,
  { readSecrets }: Surroundings,
): Promise<RemoteWords> {
  const secrets = signed ? await readSecrets(['signing secret']) : []
  return {
    name,
    ...(at !== undefined && { url: at }),
    ...(askSchema && { schema: null }),
    ...(schema !== undefined && { schema: await readSchema(schema) }),
    ...(remoteVersion !== undefined && { version: remoteVersion }),
    ...(merge && { merge }),
    ...(header && { headers: header }),
    ...(agents && { agentFields: agents }),
    ...(signed && { signingSecrets: secrets.map(({ value }) => value.trim()) }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
  }
}

/** @throws CommandError when there is no such file */
async function readSchema(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CommandError(`The schema cannot be read: ${String(cause)}`, { exitCode: 2, cause })
  }
}
