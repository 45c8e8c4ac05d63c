#!/usr/bin/env node
/** `npx trellis`: the tools of extensions' authors and of operators. */
import { paintForTerminal } from './trellis/paint.ts'
import { confirmAtTerminal, readSecrets } from './trellis/read-terminal.ts'
import { runProgram } from './trellis/run-program.ts'

process.exitCode = await runProgram(process.argv.slice(2), {
  print: text => void process.stdout.write(`${text}\n`),
  complain: text => void process.stderr.write(`${text}\n`),
  paint: paintForTerminal,
  key: process.env['TRELLIS_KEY'] || null,
  confirm: confirmAtTerminal,
  readSecrets,
})
