import { createHash, randomUUID } from 'node:crypto'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ByteRange, StagedBytes, Storage } from '@trellis/sdk'
import { makeFolder, syncFolder } from './folders.ts'

export interface DiskStorageOptions {
  /** Absolute; made when the first bytes come. Gateways that share a database share it, too. */
  readonly directory: string
}

/** Files in one folder of the disk. */
export interface DiskStorage {
  /** What the core or an extension stores, apart from all others: `core`, `ext_loyalty`. */
  area(name: string): Storage
  /** Removes what was staged before that moment and never kept: its gateway has crashed. Answers how many. */
  removeStaged(before: Date): Promise<number>
}

/** Small letters only, so that keys stay apart on disks that do not tell capitals; no separators, no dots. */
const safe = /^[a-z0-9][a-z0-9_-]{0,199}$/

const asserted = (name: string): string => {
  if (!safe.test(name)) throw new Error(`"${name}" is no key of stored bytes.`)
  return name
}

/** Two levels of 256 folders: of ten million files, some 150 are in each. */
function placeOf(area: string, key: string): string {
  const digest = createHash('sha256').update(asserted(key)).digest('hex')
  return join(area, digest.slice(0, 2), digest.slice(2, 4), key)
}

/** How much is read at once. */
const chunkBytes = 65_536

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function* read(path: string, range: ByteRange | undefined): AsyncGenerator<Uint8Array, void> {
  await using file = await open(path, 'r')
  const end = range ? range.last + 1 : Number.POSITIVE_INFINITY
  for (let position = range?.first ?? 0; position < end; ) {
    const length = Math.min(chunkBytes, end - position)
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/**
 * Keeps each key's bytes in a file of their own. What comes in is written beside all others and flushed to the
 * disk; keeping it is a rename, which is whole or not at all, also where several gateways share the folder.
 */
export function createDiskStorage({ directory }: DiskStorageOptions): DiskStorage {
  const staging = join(directory, '.incoming')

  const stage = async (target: string, bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes> => {
    await makeFolder(staging)
    const path = join(staging, randomUUID())
    try {
      // Exclusive, and readable by nobody else.
      await using file = await open(path, 'wx', 0o600)
      await file.writeFile(bytes)
      await file.sync()
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    let isKept = false
    return {
      async keep() {
        // A transaction that is done again asks once more for what it was given.
        if (isKept) return
        await makeFolder(dirname(target))
        await rename(path, target)
        isKept = true
        await syncFolder(dirname(target))
      },
      [Symbol.asyncDispose]: () => rm(path, { force: true }),
    }
  }

  return {
    area(name) {
      const root = join(directory, asserted(name))
      const pathOf = (key: string): string => placeOf(root, key)
      return {
        stage: async (key, bytes) => stage(pathOf(key), bytes),
        get: (key, range) => read(pathOf(key), range),
        async stat(key) {
          const found = await stat(pathOf(key)).catch((error: unknown) => {
            if (isMissing(error)) return null
            throw error
          })
          return found && { size: found.size }
        },
        delete: key => rm(pathOf(key), { force: true }),
      }
    },

    async removeStaged(before) {
      const names = await readdir(staging).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      let removed = 0
      for (const name of names) {
        const path = join(staging, name)
        const { mtime } = await stat(path).catch(() => ({ mtime: null }))
        // One that is gone by now was kept, or another gateway was faster.
        if (mtime === null || mtime >= before) continue
        await rm(path, { force: true })
        removed += 1
      }
      return removed
    },
  }
}
