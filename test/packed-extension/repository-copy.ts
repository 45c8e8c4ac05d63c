import { constants } from 'node:fs'
import { copyFile, cp, link, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../kit/process.ts'
import { run } from './run.ts'

const repository = join(import.meta.dirname, '..', '..')

/** What npm and the gateway need of the repository; generated code is among it, so that nothing is made anew. */
const parts = [
  'package.json',
  'package-lock.json',
  '.npmrc',
  'tsconfig.json',
  'src',
  'extensions',
  'prisma',
  'test/kit',
]

/** A copy of the repository as `npm install` leaves it, that a test may install into. Gone at the end of its block. */
export interface RepositoryCopy extends AsyncDisposable {
  readonly root: string
  /** Beside the copy, for what is not part of it. */
  readonly outside: string
  /** Packs the package in `folder`, as its author would, and installs it in the copy without a network. */
  install(folder: string): Promise<void>
}

export async function copyRepository(): Promise<RepositoryCopy> {
  await using closing = new AsyncDisposableStack()
  const outside = closing.use(await temporaryFolder()).path
  const root = join(outside, 'trellis')
  await mkdir(root)
  for (const part of parts)
    await cp(join(repository, part), join(root, part), {
      recursive: true,
      filter: path => !path.endsWith('node_modules'),
    })
  await linkTree(join(repository, 'node_modules'), join(root, 'node_modules'))
  const resources = closing.move()
  return {
    root,
    outside,
    async install(folder) {
      const tarball = (
        await run('npm', ['pack', '--offline', '--silent', '--pack-destination', outside], folder)
      ).trim()
      // The lock has the packages, but npm looks up what a new one's peers could be where its cache does not know.
      const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
      await run('npm', ['install', ...options, join(outside, tarball)], root)
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** npm's own record of what it installed, which it writes in place: a linked one would be the repository's. */
const records = new Set(['.package-lock.json'])

/** The same files under another folder, linked rather than copied: 30,000 of them in a second. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to)
  const entries = await readdir(from, { withFileTypes: true })
  await Promise.all(
    entries.map(async entry => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)]
      if (entry.isDirectory()) return linkTree(source, target)
      if (entry.isSymbolicLink()) return cp(source, target, { verbatimSymlinks: true })
      if (records.has(entry.name)) return copyFile(source, target)
      // Where the temporary folder is on another disk, links do not reach.
      return link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE))
    }),
  )
}
