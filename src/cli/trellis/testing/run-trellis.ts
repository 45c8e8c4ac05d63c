import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Ended, startCommandRunner } from './command-runner.ts'

export interface RunTrellisOptions {
  /** What standard input says. @default nothing */
  readonly input?: string
  /** What of the environment commands read. */
  readonly env?: { readonly TRELLIS_KEY?: string | undefined }
}

export interface RunAloneOptions extends Pick<RunTrellisOptions, 'input'> {
  /** Beside the environment that there is. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

const repository = join(import.meta.dirname, '..', '..', '..', '..')

/** Made when it is first asked, one for all tests of a process: it has nothing to remember between commands. */
let runner: ReturnType<typeof startCommandRunner> | undefined

/** What `npx trellis …` does, without a terminal, in a process that other commands run in as well. */
export function runTrellis(
  words: readonly string[],
  { input = '', env = {} }: RunTrellisOptions = {},
): Promise<Ended> {
  runner ??= startCommandRunner(repository)
  return runner({ words, input, key: env.TRELLIS_KEY ?? null })
}

/** `npx trellis …` to its end in a process of its own, for what only that can show. */
export async function runTrellisAlone(
  words: readonly string[],
  { input = '', env = {} }: RunAloneOptions = {},
): Promise<Ended> {
  const script = join(repository, 'src', 'cli', 'trellis.ts')
  const child = spawn(process.execPath, [script, ...words], {
    cwd: repository,
    env: { ...process.env, TRELLIS_KEY: undefined, ...env },
  })
  child.stdin.end(input)
  const [[status], printed, complained]: [(number | null)[], string, string] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { status: status ?? null, printed, complained }
}
