import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface Ended {
  readonly status: number | null
  /** What it printed on standard output. */
  readonly printed: string
  /** What it printed on standard error. */
  readonly complained: string
}

export interface RunTrellisOptions {
  /** What standard input says. @default nothing */
  readonly input?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The folder that it is run in. @default this repository */
  readonly folder?: string
}

const repository = join(import.meta.dirname, '..', '..', '..', '..')

/** `npx trellis …` to its end, without a terminal. */
export async function runTrellis(
  words: readonly string[],
  { input = '', env = {}, folder = repository }: RunTrellisOptions = {},
): Promise<Ended> {
  const script = join(repository, 'src', 'cli', 'trellis.ts')
  const child = spawn(process.execPath, [script, ...words], { cwd: folder, env: { ...process.env, ...env } })
  child.stdin.end(input)
  const [[status], printed, complained]: [(number | null)[], string, string] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { status: status ?? null, printed, complained }
}
