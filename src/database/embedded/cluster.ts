import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { errorCode } from './error-code.ts'
import { fileError } from './file-error.ts'
import { runInitdb } from './initdb.ts'
import type { Residence } from './residence.ts'
import { PASSWORD_FILE } from './settings.ts'
import { DatabaseStartError } from './start-error.ts'
import { publish, sweepSiblings, temporarySibling } from './temporary-sibling.ts'

/**
 * Makes sure that the residence holds a cluster that the binaries can run.
 *
 * A new one is initialised beside its place and renamed when complete. So a process killed in the middle
 * leaves nothing that counts, and of two that do this at once one wins and the other takes its result.
 *
 * @returns true when this call made the cluster
 */
export async function ensureCluster(residence: Residence, binaries: Binaries): Promise<boolean> {
  const present = await versionOf(residence.data)
  if (present === undefined) {
    await refuseStrangers(residence.data)
    if (await initialise(residence, binaries)) return true
    return ensureCluster(residence, binaries)
  }
  const needed = Number.parseInt(binaries.version, 10)
  if (Number(present) === needed) return false
  throw new DatabaseStartError(
    `The database in "${residence.data}" was made by PostgreSQL ${present}, and this Trellis brings PostgreSQL ${needed}, which cannot read it. ` +
      'Start the release of Trellis that made it and export its data, or set TRELLIS_DATA to another folder.',
  )
}

async function versionOf(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw fileError(data, error)
  }
}

async function refuseStrangers(data: string): Promise<void> {
  const [stranger] = await readdir(data).catch(() => [])
  if (stranger === undefined || (await versionOf(data)) !== undefined) return
  throw new DatabaseStartError(
    `"${data}" holds "${stranger}", yet no PostgreSQL database. Move it away, or set TRELLIS_DATA to another folder.`,
  )
}

async function initialise(residence: Residence, binaries: Binaries): Promise<boolean> {
  const { data, account } = residence
  const temporary = temporarySibling(data)
  const password = `${temporary}.password`
  try {
    await sweepSiblings(data)
    await writePassword(password, account)
    await runInitdb({ residence, binaries, data: temporary, password })
    await rename(password, join(temporary, PASSWORD_FILE))
    return await publish(temporary, data)
  } catch (error) {
    await Promise.all([rm(temporary, { recursive: true, force: true }), rm(password, { force: true })])
    throw error instanceof DatabaseStartError ? error : fileError(data, error)
  }
}

async function writePassword(path: string, account: Account | undefined): Promise<void> {
  await using handle = await open(path, 'wx', 0o600)
  await handle.writeFile(randomBytes(24).toString('base64url'))
  if (account) await handle.chown(account.uid, account.gid)
}
