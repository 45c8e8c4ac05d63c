#!/usr/bin/env node
/** `npx trellis`: the tools of extensions' authors and of operators. */
import { keepCompiledCode } from '../lib/keep-compiled-code.ts'

keepCompiledCode()
const { paintForTerminal } = await import('./trellis/paint.ts')
const { confirmAtTerminal, readSecrets } = await import('./trellis/read-terminal.ts')
const { runProgram } = await import('./trellis/run-program.ts')

process.exitCode = await runProgram(process.argv.slice(2), {
  print: text => void process.stdout.write(`${text}\n`),
  complain: text => void process.stderr.write(`${text}\n`),
  paint: paintForTerminal,
  key: process.env['TRELLIS_KEY'] || null,
  confirm: confirmAtTerminal,
  readSecrets,
})
