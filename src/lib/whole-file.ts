/** Files that are there as a whole or not at all, whoever reads and whatever crashes. Only their user reads them. */
import { randomUUID } from 'node:crypto'
import { link, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Its text; `null` where there is none. @throws Error when it is there and cannot be read, which says nothing of what it holds */
export async function readWholeFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Puts it in the place of what is there. */
export const replaceWholeFile = (file: string, text: string): Promise<void> =>
  put(file, text, beside => rename(beside, file))

/** Puts it where nothing is. Of several who do so at once the first one's stays, and the others' are dropped. */
export const makeWholeFile = (file: string, text: string): Promise<void> =>
  put(file, text, beside =>
    link(beside, file).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error
    }),
  )

async function put(file: string, text: string, name: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${file}.${randomUUID()}`
  try {
    await write(beside, text)
    await name(beside)
  } finally {
    await rm(beside, { force: true })
  }
  await syncFolder(dirname(file))
}

async function write(file: string, text: string): Promise<void> {
  await using written = await open(file, 'wx', 0o600)
  await written.writeFile(text)
  await written.sync()
}

/** Has the disk keep names that were given in a folder. Windows does so by itself, and opens no folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using opened = await open(folder, 'r')
  await opened.sync()
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
