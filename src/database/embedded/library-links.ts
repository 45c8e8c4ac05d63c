import { lstat, readFile, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { errorCode } from './error-code.ts'

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Makes the links between shared libraries (`libpq.so.5` to `libpq.so.5.18`) that an npm package cannot carry.
 * The platform package does this in a postinstall script, which npm may have been told not to run.
 *
 * @returns false when links are missing and cannot be made in that folder
 */
export async function linkLibraries(root: string): Promise<boolean> {
  const list = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const made = await Promise.all(
    // Paths in the list begin with `native/`; every link stays in the folder of what it links to.
    linkList.parse(JSON.parse(list)).map(({ source, target }) => {
      return makeLink(basename(source), join(root, '..', target))
    }),
  )
  return made.every(Boolean)
}

async function makeLink(to: string, path: string): Promise<boolean> {
  if (await lstat(path).then(Boolean, () => false)) return true
  return symlink(to, path).then(
    () => true,
    (error: unknown) => errorCode(error) === 'EEXIST',
  )
}
