/** Measures Trellis, its peers and the limit on the same rows, in turn, and writes what it saw to results/. */
import { contenders } from './contenders/index.ts'
import { killAll } from './measure/children.ts'
import { help, readOptions } from './options.ts'
import { writeReport } from './report/write.ts'
import { run } from './run.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => {
    killAll()
    process.exit(code)
  })

const words = process.argv.slice(2)
const command = ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' ')
try {
  const options = readOptions(
    words,
    contenders.map(({ name }) => name),
  )
  if (options === null) process.stdout.write(help)
  else await writeReport(await run(options, command, say), say)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  killAll()
}
