import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '..', '..')

/** A folder of its own for a test's process; open to others, so that as root the server's user gets in. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'trellis-test-'))
  await chmod(path, 0o755)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export interface TrellisProcessOptions {
  /** Added to the environment; what is undefined is taken out of it. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** @default ['--no-sample-data'] */
  readonly words?: readonly string[]
  /** The folder that Trellis is installed in. @default this repository */
  readonly root?: string
}

/** `node src/main.ts` in a process of its own. */
export interface TrellisProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** Where it listens. @throws Error with what it printed, when it ends instead */
  readonly url: Promise<string>
  /** Everything it has printed so far. */
  readonly output: () => string
  /** Ends it by a signal. Answers its exit code, `null` when the signal itself ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
  /** Its exit code, when it ends by itself. */
  readonly exit: Promise<number | null>
}

/** Starts Trellis as `npm start` does. Whatever a test does, the process is gone after its block. */
export function startTrellisProcess({
  env,
  words = ['--no-sample-data'],
  root = repository,
}: TrellisProcessOptions): TrellisProcess {
  const child = spawn(process.execPath, ['src/main.ts', ...words], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development', PORT: '0', DATABASE_URL: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listening = Promise.withResolvers<string>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const url = /listens on (http:\S+)/.exec(output)?.[1]
      if (url !== undefined) listening.resolve(url)
    })
  const exit = once(child, 'exit').then(([code]: (number | null)[]) => {
    listening.reject(new Error(`Trellis ended with ${code}:\n${output}`))
    return code ?? null
  })
  listening.promise.catch(() => undefined)
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exit
  }
  return {
    child,
    url: listening.promise,
    output: () => output,
    end,
    exit,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end('SIGTERM')
    },
  }
}
