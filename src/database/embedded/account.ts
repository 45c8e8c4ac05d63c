import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseStartError } from './start-error.ts'

/** The user that the server runs as, where that is not ourselves. Fits the options of `spawn`. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Whether we are root, as whom PostgreSQL refuses to run. Windows has no such user. */
export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * Whom the server of a new database runs as when we are root: whoever owns the folder it is to lie
 * in, so that its owner can start it without root later; in root's own folders `nobody`.
 * Only users with an entry in /etc/passwd will do, because initdb looks itself up there.
 */
export async function chooseAccount(directory: string): Promise<Account> {
  const accounts = await listAccounts()
  const owner = (await stat(directory)).uid
  const chosen =
    [...accounts.values()].find(account => account.uid === owner && owner !== 0) ?? accounts.get('nobody')
  if (!chosen) {
    throw new DatabaseStartError(
      'PostgreSQL refuses to run as root, and there is no user "nobody" in /etc/passwd to run it as. ' +
        `Start Trellis as an ordinary user, give "${directory}" to one, or set DATABASE_URL.`,
    )
  }
  return chosen
}

/** The users of this machine by name. Lines are `name:password:uid:gid:…` (man 5 passwd). */
async function listAccounts(): Promise<ReadonlyMap<string, Account>> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n')
  return new Map(
    lines.flatMap(line => {
      const [name, , uid, gid] = line.split(':')
      return name && uid && gid ? [[name, { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }]] : []
    }),
  )
}

/**
 * Whether `account` may enter `directory`: it and every folder above must grant the `x` bit.
 * Goes by mode bits alone; access lists that grant more are not seen, which only costs a copy.
 */
export async function canEnter(account: Account, directory: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(directory)
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  const parent = dirname(directory)
  return parent === directory || canEnter(account, parent)
}
