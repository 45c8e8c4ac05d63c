import { constants, type FileHandle, open, rename, stat } from 'node:fs/promises'
import { fileError } from './file-error.ts'
import type { Residence } from './residence.ts'

/** At what size a start puts the log aside; the one before it is then dropped. */
const LARGEST_LOG = 4 * 1024 * 1024

/** How much of the log's end an error shows. */
const TAIL = 2000

/** For writing at the end, made where missing; never through a link, by which its owner could lead root elsewhere. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)

/** Opens the log for a server to write to. The server's own lines begin at `position`. */
export async function openServerLog({
  account,
  logFile,
}: Residence): Promise<{ handle: FileHandle; position: number }> {
  const size = await stat(logFile).then(
    found => found.size,
    () => 0,
  )
  // Another process may be doing the same; a log that stays too large is no reason not to start.
  if (size > LARGEST_LOG) await rename(logFile, `${logFile}.1`).catch(() => undefined)
  try {
    const handle = await open(logFile, APPEND, 0o600)
    if (account) await handle.chown(account.uid, account.gid)
    return { handle, position: (await handle.stat()).size }
  } catch (error) {
    throw fileError(logFile, error)
  }
}

/** The last lines of the log, none from before `position`. */
export async function serverLogTail({ logFile }: Residence, position = 0): Promise<string> {
  try {
    await using handle = await open(logFile)
    const { size } = await handle.stat()
    const start = Math.max(position, size - TAIL)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(size - start, 0)), 0, null, start)
    return buffer.toString('utf8', 0, bytesRead).trim()
  } catch {
    return ''
  }
}
