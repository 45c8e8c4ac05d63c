import { CommanderError } from 'commander'
import { CommandError, type ExitCode } from './command-error.ts'
import { createProgram } from './program.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Runs the command `trellis` with these words, to its end.
 *
 * @throws whatever is a mistake of ours
 */
export async function runProgram(
  words: readonly string[],
  surroundings: Omit<Surroundings, 'fail'>,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = createProgram({
    ...surroundings,
    fail: () => {
      exitCode = 1
    },
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof CommandError) {
      surroundings.complain(error.message)
      return error.exitCode
    }
    if (!(error instanceof Error && 'syscall' in error)) throw error
    // The system's own refusal says which file or address it is about.
    surroundings.complain(error.message)
    return 1
  }
}
