import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A gateway in a process of its own, asked over HTTP. Stopped at the end of its block. */
export interface RunningTrellis extends AsyncDisposable {
  /** The data of an answer. @throws Error with the errors */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** SIGTERM, as an orchestrator does; answers the exit code. */
  stop(): Promise<number | null>
}

/** `npm start` of an installation, on a database and a port of its own. @throws Error with what it printed, when it does not listen */
export async function startTrellis(root: string, dataDirectory: string): Promise<RunningTrellis> {
  const child = spawn(process.execPath, [join('src', 'main.ts'), '--no-sample-data'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', TRELLIS_DATA: dataDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited: Promise<readonly unknown[]> = once(child, 'exit')
  const printed: string[] = []
  child.stderr.on('data', chunk => printed.push(String(chunk)))
  const { promise: listening, resolve } = Promise.withResolvers<string | undefined>()
  const lines = createInterface(child.stdout)
  lines.on('line', line => {
    printed.push(`${line}\n`)
    const url = /Trellis listens on (\S+)/.exec(line)?.[1]
    if (url !== undefined) resolve(url)
  })
  lines.on('close', () => resolve(undefined))
  const url = await listening
  if (url === undefined) throw new Error(`Trellis did not start:\n${printed.join('')}`)

  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    return child.exitCode
  }
  return {
    async ask(query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      const answer: unknown = await response.json()
      if (typeof answer === 'object' && answer !== null && 'data' in answer && !('errors' in answer))
        return answer.data
      throw new Error(`${JSON.stringify(answer)}\n${printed.join('')}`)
    },
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}
