import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Crew } from './crew.ts'
import type { PrimaryLog } from './log.ts'

/** The folder below `TRELLIS_DATA` in which each primary says where it can be reached: a file for each. */
export const doorsFolder = 'gateways'

/** Bytes that a socket's path may have on every system: `sun_path` has 104 on some. */
const longestPath = 100

/** The primary's door for commands on this machine. */
export interface Control {
  readonly close: () => Promise<void>
}

export interface ControlOptions {
  readonly dataDirectory: string
  readonly reload: Crew['reload']
  readonly log: PrimaryLog
}

/**
 * Opens a socket that commands ask to reload by. Not a signal to a process id from a file: the id may be another
 * process's by now, and a signal says nothing of what came of it.
 */
export async function openControl({ dataDirectory, reload, log }: ControlOptions): Promise<Control> {
  const folder = join(dataDirectory, doorsFolder)
  // Whoever may enter may have the gateway reloaded.
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { path, leave } = await socketPath(folder)
  const server = createServer(socket => {
    const answer = (line: object): void => void socket.write(`${JSON.stringify(line)}\n`)
    // A command that went away has no answer to get.
    socket.on('error', () => undefined)
    socket.once('data', () => {
      log.info({}, 'asked to reload')
      const { served, left } = reload()
      served
        .then(() => answer({ kind: 'served' }))
        .then(() => left)
        .then(() => socket.end('{"kind":"left"}\n'))
        .catch((failure: unknown) => {
          const message = failure instanceof Error ? failure.message : String(failure)
          socket.end(`${JSON.stringify({ kind: 'failed', message })}\n`)
        })
    })
  })
  server.listen(path)
  await once(server, 'listening')
  // It lasts as long as the workers, and keeps nobody itself.
  server.unref()
  const file = join(folder, `${process.pid}.json`)
  const shut = async (): Promise<void> => {
    await closed(server)
    await leave()
  }
  try {
    // Beside it first: whoever reads finds the whole of it.
    await writeFile(`${file}.new`, JSON.stringify({ socket: path }), { mode: 0o600 })
    await rename(`${file}.new`, file)
  } catch (failure) {
    await rm(`${file}.new`, { force: true })
    await shut()
    throw failure
  }
  return {
    async close() {
      await rm(file, { force: true })
      await shut()
    },
  }
}

const closed = (server: Server): Promise<void> => new Promise(resolve => server.close(() => resolve()))

async function socketPath(
  folder: string,
): Promise<{ readonly path: string; readonly leave: () => Promise<void> }> {
  const name = `trellis-${process.pid}.sock`
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${name}`, leave: async () => undefined }
  const near = join(folder, name)
  if (Buffer.byteLength(near) <= longestPath) {
    // One of the same id was killed and left it behind.
    await rm(near, { force: true })
    return { path: near, leave: async () => undefined }
  }
  const elsewhere = await mkdtemp(join(tmpdir(), 'trellis-'))
  return { path: join(elsewhere, name), leave: () => rm(elsewhere, { recursive: true, force: true }) }
}
