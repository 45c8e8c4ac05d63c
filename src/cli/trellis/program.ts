import { Command } from 'commander'
import { trellisVersion } from '../../start/version.ts'
import { checkCommand } from './check/command.ts'
import { createCommand } from './create/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { extensionCommand } from './extension/command.ts'
import { serveCommand } from './serve/command.ts'
import type { Surroundings } from './surroundings.ts'
import { typesCommand } from './types/command.ts'

/** The command `trellis` with all that it can do. */
export function createProgram(surroundings: Surroundings): Command {
  const program = new Command('trellis')
    .description("The tools of extensions' authors and of operators.")
    .version(trellisVersion)
    .configureHelp({ showGlobalOptions: true })
    .addCommand(createCommand(surroundings))
    .addCommand(checkCommand(surroundings))
    .addCommand(typesCommand(surroundings))
    .addCommand(extensionCommand(surroundings))
    .addCommand(doctorCommand(surroundings))
    .addCommand(serveCommand(surroundings))
  throwRatherThanExit(program)
  speakThrough(program, surroundings)
  return program
}

/** What commander finds wrong with the words is thrown to whoever began the process, who knows our exit codes. */
function throwRatherThanExit(command: Command): void {
  command.exitOverride()
  for (const below of command.commands) throwRatherThanExit(below)
}

/** What commander says itself, such as its help, goes where all else goes. */
function speakThrough(command: Command, surroundings: Surroundings): void {
  const { print, complain } = surroundings
  const line = (text: string): string => text.replace(/\n$/, '')
  command.configureOutput({ writeOut: text => print(line(text)), writeErr: text => complain(line(text)) })
  for (const below of command.commands) speakThrough(below, surroundings)
}
