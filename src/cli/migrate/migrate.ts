import { openConnection } from '../../database/connect.ts'
import { MigrationError } from '../../database/migrations/index.ts'
import { parseCommand, UsageError } from './parse-command.ts'
import { type CommandContext, runCommand } from './run-command.ts'
import { usage } from './usage.ts'

/** 0 when all is well, 1 when not, 2 when the words were wrong. */
export type ExitCode = 0 | 1 | 2

export interface MigrateOptions extends Pick<CommandContext, 'root' | 'print'> {
  /** The words after `npm run migrate --`. */
  readonly words: readonly string[]
  /** The configured database; called once it is certain that one is needed. */
  readonly database: () => { readonly url: string | null; readonly dataDirectory: string }
  /** Where what went wrong is said, and what is being waited for. */
  readonly complain: (line: string) => void
}

/** The whole of `npm run migrate`, except for the process around it. */
export async function migrate({ words, database, root, print, complain }: MigrateOptions): Promise<ExitCode> {
  const say = (_: object, message: string) => complain(message)
  const log = { info: say, warn: say }
  try {
    const command = parseCommand(words)
    if (command.kind === 'help') {
      print(usage)
      return 0
    }
    await using opened = await openConnection({ ...database(), log })
    return await runCommand(command, { connection: opened.connection, root, print, log })
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\n\n${usage}`)
      return 2
    }
    complain(error instanceof Error ? error.message : String(error))
    return error instanceof MigrationError && error.problem === 'name' ? 2 : 1
  }
}
