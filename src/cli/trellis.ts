#!/usr/bin/env node
/** `npx trellis`: the tools of extensions' authors and of operators. */
import { CommanderError } from 'commander'
import { CommandError } from './trellis/command-error.ts'
import { paintForTerminal } from './trellis/paint.ts'
import { createProgram } from './trellis/program.ts'
import { confirmAtTerminal, readSecrets } from './trellis/read-terminal.ts'

const complain = (text: string): void => void process.stderr.write(`${text}\n`)

const program = createProgram({
  print: text => void process.stdout.write(`${text}\n`),
  complain,
  paint: paintForTerminal,
  key: process.env['TRELLIS_KEY'] || null,
  confirm: confirmAtTerminal,
  readSecrets,
  fail: () => {
    process.exitCode = 1
  },
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (error instanceof CommandError) {
    complain(error.message)
    process.exitCode = error.exitCode
  } else if (error instanceof Error && 'syscall' in error) {
    // The system's own refusal says which file or address it is about.
    complain(error.message)
    process.exitCode = 1
  } else throw error
}
