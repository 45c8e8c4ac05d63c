import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Windows opens no folder to be synced, and needs none to be. */
const cannotSync = process.platform === 'win32'

/** Waits until the names in a folder are on the disk: a file that was renamed into it is there after a crash. */
export async function syncFolder(path: string): Promise<void> {
  if (cannotSync) return
  await using folder = await open(path, 'r')
  await folder.sync()
}

/** Makes a folder and those above it, as far as they are missing, to be there after a crash. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}
