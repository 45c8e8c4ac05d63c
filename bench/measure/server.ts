import { createInterface } from 'node:readline'
import type { Contender } from '../contenders/contender.ts'
import { spawnNode } from './children.ts'

/** A contender's server, running. */
export interface RunningServer {
  readonly url: string
  readonly pid: number
  /** The last lines that it wrote to its standard error. */
  said(): string
  stop(): Promise<void>
}

/** A gateway that composes all of the core's schema takes seconds, and more on a busy machine. */
const patienceMs = 180_000

/** @throws Error with what the server said last, when it does not come up within three minutes */
export async function startServer(
  { name, server }: Pick<Contender, 'name' | 'server'>,
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const child = spawnNode([server.file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      POOL_SIZE: '10',
      ...server.environment,
      ...environment,
    },
  })
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error(`${name} has no output to read.`)
  let said = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', line => {
      const url = urlIn(line)
      if (url) resolve(url)
    })
    void ended.then(() => reject(new Error(`${name} ended before it listened:\n${said}`)))
    setTimeout(
      () => reject(new Error(`${name} does not listen after three minutes:\n${said}`)),
      patienceMs,
    ).unref()
  })
  return {
    url: await ready,
    pid: child.pid ?? 0,
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function urlIn(line: string): string | null {
  try {
    const said: unknown = JSON.parse(line)
    return typeof said === 'object' && said !== null && 'url' in said ? String(said.url) : null
  } catch {
    return null
  }
}
