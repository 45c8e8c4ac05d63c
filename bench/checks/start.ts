import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnNode } from '../measure/children.ts'

const root = join(import.meta.dirname, '..', '..')

/** From `node src/main.ts` to the banner, in ms. */
function startOnce(directory: string): Promise<number> {
  const { DATABASE_URL: _, ...environment } = process.env
  const from = performance.now()
  const child = spawnNode(['src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...environment, PORT: '0', TRELLIS_DATA: directory, LOG_LEVEL: 'error', NODE_ENV: 'development' },
  })
  let ready: number | undefined
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (ready !== undefined || !text.includes('GraphiQL')) return
    ready = performance.now() - from
    child.kill('SIGTERM')
  })
  return new Promise((resolve, reject) => {
    child.once('exit', code => {
      if (ready === undefined) reject(new Error(`node src/main.ts ended with ${code} before it was ready.`))
      else resolve(ready)
    })
  })
}

/** Starts on the embedded database, the first one apart, which makes it and the sample data; ms. */
export async function measureStart(times: number): Promise<readonly number[]> {
  const directory = await mkdtemp(join(tmpdir(), 'trellis-bench-'))
  try {
    await startOnce(directory)
    const taken: number[] = []
    for (let time = 0; time < times; time += 1) taken.push(await startOnce(directory))
    return taken
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
