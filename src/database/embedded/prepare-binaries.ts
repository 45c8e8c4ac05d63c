import { access, chmod, constants, cp, readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { type Account, canEnter } from './account.ts'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'
import { fileError } from './file-error.ts'
import { linkLibraries } from './library-links.ts'
import { openBase } from './open-base.ts'
import type { Residence } from './residence.ts'
import { publish, sweepSiblings, temporarySibling } from './temporary-sibling.ts'

/**
 * The binaries, where the server's account can run them: in place if possible, else a copy, made once a version.
 *
 * @param installed @default what npm installed for this machine
 */
export async function prepareBinaries(
  { account, directory }: Pick<Residence, 'account' | 'directory'>,
  installed?: Binaries,
): Promise<Binaries> {
  const binaries = installed ?? (await findBinaries())
  if ((await isOpenTo(account, binaries)) && (await linkLibraries(binaries.root))) return binaries
  const base = account ? await openBase(account) : directory
  const root = join(base, `postgresql-${binaries.version}-${process.platform}-${process.arch}`, 'native')
  try {
    if (
      !(await access(root).then(
        () => true,
        () => false,
      ))
    )
      await copyBinaries(binaries.root, root)
  } catch (error) {
    throw fileError(root, error)
  }
  return binariesIn(root, binaries.version)
}

async function isOpenTo(account: Account | undefined, { postgres, root }: Binaries): Promise<boolean> {
  // npm may have unpacked the programs without their execute bits.
  if (account === undefined)
    return access(postgres, constants.X_OK).then(
      () => true,
      () => false,
    )
  const folders = [dirname(postgres), join(root, 'lib', 'postgresql'), join(root, 'share', 'postgresql')]
  const entered = await Promise.all(folders.map(folder => canEnter(account, folder)))
  return entered.every(Boolean) && ((await stat(postgres)).mode & 0o005) === 0o005
}

/** Copies what running takes (not the static libraries), open to all: whole or not at all. */
async function copyBinaries(from: string, to: string): Promise<void> {
  const place = dirname(to)
  await sweepSiblings(place)
  const temporary = temporarySibling(place)
  await cp(from, join(temporary, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: source => extname(source) !== '.a',
  })
  await linkLibraries(join(temporary, 'native'))
  await openToAll(temporary)
  await publish(temporary, place)
}

/** What npm unpacked under a strict umask is closed to others. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, dirname(path).endsWith('bin') ? 0o755 : 0o644)
  }
}
