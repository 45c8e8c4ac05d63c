import { chmod, lstat, mkdir, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, canEnter } from './account.ts'
import { DatabaseStartError } from './start-error.ts'

/** File systems in memory, which a reboot empties: tmpfs and ramfs (linux/magic.h). */
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6])

/**
 * Root's folder for what an account that cannot enter our own folders needs: /var/lib/trellis, where
 * services keep their state; where that cannot be had /var/tmp, which survives reboots by the
 * Filesystem Hierarchy Standard; then the temporary folder.
 */
export async function openBase(
  account: Account,
  parents: readonly string[] = ['/var/lib', '/var/tmp', tmpdir()],
): Promise<string> {
  for (const parent of parents) {
    const base = join(parent, 'trellis')
    if (await isFit(base, account).catch(() => false)) return base
  }
  throw new DatabaseStartError(
    'PostgreSQL refuses to run as root, and the user that it can run as may not enter the folder of Trellis; ' +
      `none of ${parents.join(', ')} can hold its files instead. ` +
      'Move Trellis to a folder open to others, start it as an ordinary user, or set DATABASE_URL.',
  )
}

/** The parents may be open to everybody, so a folder that somebody else made or can write to will not do. */
async function isFit(base: string, account: Account): Promise<boolean> {
  // With chmod, since a strict umask would close the new folder to others.
  await mkdir(base).then(
    () => chmod(base, 0o755),
    () => undefined,
  )
  const found = await lstat(base)
  const isOurs = found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0
  return isOurs && !IN_MEMORY.has((await statfs(base)).type) && (await canEnter(account, base))
}
