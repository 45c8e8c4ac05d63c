import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'

/**
 * A folder that must appear whole or not at all is made under a name beside its final one, and
 * renamed when done. The name carries our process id, so that a later start can tell the
 * leftovers of a killed process from the work of a living one.
 */
export const temporarySibling = (path: string): string =>
  `${path}.new-${process.pid}-${randomBytes(4).toString('hex')}`

/** Renames `temporary` to `path`; false when somebody else's folder was there first, which then stands. */
export async function publish(temporary: string, path: string): Promise<boolean> {
  try {
    await rename(temporary, path)
  } catch (error) {
    // Windows says EPERM where POSIX says that the target exists or is not empty.
    if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCode(error) ?? '')) throw error
    await rm(temporary, { recursive: true, force: true })
    return false
  }
  await synchronise(dirname(path))
  return true
}

/**
 * Removes what processes that are gone left beside `path`. An orphaned program of theirs may still be writing
 * there, hence the retries; what then is left has to wait for the next time, and is in nobody's way.
 */
export async function sweepSiblings(path: string): Promise<void> {
  const prefix = `${basename(path)}.new-`
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue
    const leftover = join(dirname(path), name)
    await rm(leftover, { recursive: true, force: true, maxRetries: 8, retryDelay: 50 }).catch(() => undefined)
  }
}

/** Whether a process of that id exists. One that we may not signal exists too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Makes a rename in `directory` outlast a power cut; Windows can neither do this nor needs it. */
async function synchronise(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(directory)
  await handle.sync()
}
