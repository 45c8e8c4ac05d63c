import { readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { doorsFolder } from './control.ts'

/** A gateway that was asked to reload. */
export interface Reloading {
  /** New workers serve. @throws Error that says why what served before serves on */
  readonly served: Promise<void>
  /** The workers before them are gone. */
  readonly left: Promise<void>
}

/**
 * Asks every gateway of this machine that has this `TRELLIS_DATA` to reload; none when none runs.
 *
 * @throws Error when it cannot be known which ones there are
 */
export async function askToReload(dataDirectory: string): Promise<readonly Reloading[]> {
  const folder = join(dataDirectory, doorsFolder)
  const files = await readdir(folder).catch(() => [])
  const doors = files.filter(file => file.endsWith('.json')).map(file => join(folder, file))
  const asked = await Promise.all(doors.map(askAtDoor))
  return asked.filter(reloading => reloading !== null)
}

/** `null` where nobody is behind the door any more, which is then taken away. */
async function askAtDoor(file: string): Promise<Reloading | null> {
  const path = await pathIn(file)
  const reloading = path === null ? null : await askAt(path)
  if (reloading === null) await rm(file, { force: true })
  return reloading
}

/** `null` where nobody listens. */
async function askAt(path: string): Promise<Reloading | null> {
  const socket = connect(path)
  const isThere = Promise.withResolvers<boolean>()
  const served = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  served.promise.catch(() => undefined)
  left.promise.catch(() => undefined)
  const fail = (error: Error): void => {
    // Who has no place for another caller, or lets us not in, is there.
    isThere.resolve(!['ENOENT', 'ECONNREFUSED'].includes(codeOf(error)))
    served.reject(error)
    left.reject(error)
  }
  socket.once('connect', () => {
    isThere.resolve(true)
    socket.write('reload\n')
  })
  socket.once('error', fail)
  socket.once('close', () => fail(new Error('The gateway ended while it was reloading.')))
  createInterface(socket)
    // A socket's errors come by way of its lines as well.
    .on('error', () => undefined)
    .on('line', line => {
      const { kind, message }: { readonly kind?: string; readonly message?: string } = JSON.parse(line)
      if (kind === 'served') served.resolve()
      else if (kind === 'left') left.resolve()
      else fail(new Error(message ?? `The gateway answered ${line}.`))
    })
  return (await isThere.promise) ? { served: served.promise, left: left.promise } : null
}

/** `null` where none is: the file was removed since, or is half of what somebody was about to write. */
async function pathIn(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return 'null'
    throw error
  })
  try {
    const { socket }: { readonly socket?: unknown } = JSON.parse(text)
    return typeof socket === 'string' ? socket : null
  } catch {
    return null
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
