import { lchown, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Account, canEnter, chooseAccount, isRoot } from './account.ts'
import { errorCode } from './error-code.ts'
import { fileError } from './file-error.ts'
import { readPointer, settleElsewhere } from './pointer.ts'
import { DatabaseStartError } from './start-error.ts'
import type { StartLog } from './start-log.ts'

/** Where the server of one TRELLIS_DATA lives, and as whom. */
export interface Residence {
  /** TRELLIS_DATA, with symbolic links resolved, so that all processes agree on every path below. */
  readonly directory: string
  /** The server's folder: its own, closed to all others. That protects the socket in it, too. */
  readonly home: string
  /** The database cluster. */
  readonly data: string
  readonly logFile: string
  /** Whom the server runs as; undefined for ourselves. */
  readonly account: Account | undefined
}

/**
 * Finds the residence that belongs to `directory`, or settles a new one: `directory`/postgres, unless we are
 * root and whoever has to run the server may not enter `directory`; then a folder elsewhere, to which
 * `directory` keeps a pointer.
 */
export async function findResidence(directory: string, log: StartLog): Promise<Residence> {
  const root = await openDirectory(directory)
  const near = join(root, 'postgres')
  try {
    const known = (await isThere(near)) ? near : await readPointer(root)
    const home = known ?? (await settle(root, near, log))
    const account = await residentOf(home, root)
    return { directory: root, home, data: join(home, 'data'), logFile: join(home, 'postgres.log'), account }
  } catch (error) {
    throw error instanceof DatabaseStartError ? error : fileError(near, error)
  }
}

async function openDirectory(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true })
    return await realpath(directory)
  } catch (error) {
    throw fileError(directory, error)
  }
}

async function settle(root: string, near: string, log: StartLog): Promise<string> {
  if (isRoot()) {
    const account = await chooseAccount(root)
    if (!(await canEnter(account, root))) return settleElsewhere(root, account, log)
  }
  // Another process may be settling at this moment: the same folder, the same owner.
  await mkdir(near, { recursive: true, mode: 0o700 })
  return near
}

/** Whom the server in `home` runs as: the owner of `home`. A folder of root's own was left before it had one. */
async function residentOf(home: string, root: string): Promise<Account | undefined> {
  const { uid, gid } = await stat(home)
  if (!isRoot()) {
    if (process.getuid && uid !== process.getuid()) {
      throw new DatabaseStartError(
        `The embedded database in "${home}" belongs to user ${uid}, and Trellis runs as user ${process.getuid()}. ` +
          'Start Trellis as that user or as root, or set TRELLIS_DATA to a folder of your own.',
      )
    }
    return undefined
  }
  const account = uid === 0 ? await chooseAccount(root) : { uid, gid }
  // Not through a link: the owner of TRELLIS_DATA could have root give away another folder.
  if (uid === 0) await lchown(home, account.uid, account.gid)
  if (await canEnter(account, dirname(home))) return account
  throw new DatabaseStartError(
    `The embedded database in "${home}" runs as user ${account.uid}, who may no longer enter "${dirname(home)}". ` +
      'Open that folder and those above it to others (chmod o+x), or set TRELLIS_DATA to another folder.',
  )
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
