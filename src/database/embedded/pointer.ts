import { chown, link, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Account } from './account.ts'
import { errorCode } from './error-code.ts'
import { openBase } from './open-base.ts'
import { DatabaseStartError } from './start-error.ts'
import type { StartLog } from './start-log.ts'
import { temporarySibling } from './temporary-sibling.ts'

const pointerIn = (directory: string): string => join(directory, 'postgres.location')

/**
 * The home that `directory` points to; undefined when it points nowhere. A pointer to something that is
 * gone is an error: starting with an empty database instead would hide that the old one is lost.
 */
export async function readPointer(directory: string): Promise<string | undefined> {
  const pointer = pointerIn(directory)
  const home = await readFile(pointer, 'utf8').then(
    text => text.trim(),
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined
      throw error
    },
  )
  if (home === undefined) return undefined
  const isFolder =
    isAbsolute(home) &&
    (await stat(home).then(
      found => found.isDirectory(),
      () => false,
    ))
  if (isFolder) return home
  throw new DatabaseStartError(
    `The embedded database of "${directory}" is kept in "${home}" (says "${pointer}"), which is no folder that can be seen. ` +
      'Restore that folder, start Trellis as the user who made it, or delete the pointer to begin with an empty database.',
  )
}

/**
 * Makes a home outside `directory` and points to it. The random name ties it to the pointer alone, so that
 * deleting TRELLIS_DATA really begins anew. Of several processes the first to place its pointer wins.
 */
export async function settleElsewhere(directory: string, account: Account, log: StartLog): Promise<string> {
  const home = await mkdtemp(join(await openBase(account), 'database-'))
  // For whoever wonders what this folder is, when the other is long gone.
  await writeFile(join(home, 'belongs-to'), `${directory}\n`)
  await chown(home, account.uid, account.gid)
  const draft = temporarySibling(pointerIn(directory))
  await writeFile(draft, `${home}\n`)
  try {
    await link(draft, pointerIn(directory))
  } catch (error) {
    await rm(home, { recursive: true })
    const theirs = errorCode(error) === 'EEXIST' ? await readPointer(directory) : undefined
    if (theirs === undefined) throw error
    return theirs
  } finally {
    await rm(draft)
  }
  log.warn(
    { directory, home, uid: account.uid },
    'PostgreSQL does not run as root, and the user it runs as may not enter TRELLIS_DATA: the database is kept elsewhere',
  )
  return home
}
