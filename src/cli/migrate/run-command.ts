import type { ConnectionParts } from '../../database/connection.ts'
import {
  applyMigrations,
  findMigrationSource,
  isCurrent,
  listMigrationSources,
  type MigrationLog,
  migrationStatus,
  resolveMigration,
  writeMigration,
} from '../../database/migrations/index.ts'
import { describeStatus } from './describe-status.ts'
import type { Command } from './parse-command.ts'

/** What a command works on, and how it speaks. */
export interface CommandContext {
  readonly connection: ConnectionParts
  /** The folder with `prisma/` and `extensions/`. */
  readonly root: string
  readonly print: (line: string) => void
  readonly log: MigrationLog
}

type DatabaseCommand = Exclude<Command, { kind: 'help' }>

/** Does what was asked for. Answers the process's exit code; throws when it cannot be done. */
export async function runCommand(command: DatabaseCommand, context: CommandContext): Promise<0 | 1> {
  switch (command.kind) {
    case 'status':
      return (await showStatus(context)) ? 0 : 1
    case 'apply':
      if (!(await showStatus(context))) await applyAll(context)
      return 0
    case 'new':
      await writeNew(command.name, command.extension, context)
      return 0
    case 'resolve':
      await resolve(command, context)
      return 0
  }
}

/** Prints where each part stands; answers whether all of them are current. */
async function showStatus({ connection, root, print }: CommandContext): Promise<boolean> {
  let current = true
  for (const source of await listMigrationSources(root)) {
    const status = await migrationStatus({ connection, ...source })
    current &&= isCurrent(status)
    print(describeStatus(source, status))
  }
  return current
}

async function applyAll({ connection, root, print, log }: CommandContext): Promise<void> {
  for (const source of await listMigrationSources(root)) {
    for (const name of await applyMigrations({ connection, ...source, log })) print(`Applied ${name}.`)
  }
}

async function writeNew(name: string, extension: string | null, context: CommandContext): Promise<void> {
  const { connection, root, print } = context
  const source = await findMigrationSource(root, extension)
  const written = await writeMigration({ connection, ...source, name })
  if (written === null) print('The migrations already lead to the Prisma schema: nothing to write.')
  else {
    print(`${written.sql}\nWritten to ${written.path}`)
    print('Read it, above all what it drops; npm run migrate applies it.')
  }
}

async function resolve(
  { name, extension, resolution }: Extract<Command, { kind: 'resolve' }>,
  { connection, root, print, log }: CommandContext,
): Promise<void> {
  const source = await findMigrationSource(root, extension)
  await resolveMigration({ connection, ...source, name, resolution, log })
  print(`Marked ${name} as ${resolution}; npm run migrate goes on from there.`)
}
