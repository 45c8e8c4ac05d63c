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

/** Asks every gateway of this machine that has this `TRELLIS_DATA` to reload; none when none runs. */
export async function askToReload(dataDirectory: string): Promise<readonly Reloading[]> {
  const folder = join(dataDirectory, doorsFolder)
  const files = await readdir(folder).catch(() => [])
  const doors = files.filter(file => file.endsWith('.json')).map(file => join(folder, file))
  const asked = await Promise.all(doors.map(askAtDoor))
  return asked.filter(reloading => reloading !== null)
}

/** `null` where nobody is behind the door any more, which is then taken away. */
async function askAtDoor(file: string): Promise<Reloading | null> {
  const socket = connect(await pathIn(file))
  const connected = Promise.withResolvers<boolean>()
  const served = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  served.promise.catch(() => undefined)
  left.promise.catch(() => undefined)
  const fail = (error: Error): void => {
    connected.resolve(false)
    served.reject(error)
    left.reject(error)
  }
  socket.once('connect', () => {
    connected.resolve(true)
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
  if (await connected.promise) return { served: served.promise, left: left.promise }
  await rm(file, { force: true })
  return null
}

async function pathIn(file: string): Promise<string> {
  const { socket }: { readonly socket: string } = JSON.parse(await readFile(file, 'utf8'))
  return socket
}
