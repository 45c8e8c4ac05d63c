import { join } from 'node:path'
import { z } from 'zod'
import { readWholeFile, replaceWholeFile } from '../lib/whole-file.ts'

/** A version of an extension that lies on the disk. */
const versionShape = z.object({
  version: z.string(),
  /** The package's name, by which it is imported. */
  package: z.string(),
  /** The tarball, folder or address that it came from; nothing for one that a registry has by its name. */
  source: z.string().optional(),
})

/** An extension that a command has installed. */
const extensionShape = z.object({
  current: versionShape,
  /** The ones before, the newest first: what it can be rolled back to. */
  previous: z.array(versionShape),
  /** Whether its tables may be of a newer version than its code, as after it was rolled back. */
  acceptsNewerTables: z.boolean(),
})

const operationShape = z.object({
  kind: z.enum(['install', 'upgrade', 'rollback', 'uninstall']),
  name: z.string(),
  /** What served before; `null` when nothing did. */
  from: versionShape.nullable(),
  /** What is to serve; `null` when nothing is. */
  to: versionShape.nullable(),
  /** The folder of the code that is to serve, which has its migrations below `prisma`. */
  home: z.string().nullable(),
  /**
   * How far it is: each is written before what it names is begun. Until migrations are applied it can be undone, from then on it is finished.
   */
  step: z.enum(['staged', 'migrating', 'switched']),
})

/** What a command is about to do. */
export type Operation = z.infer<typeof operationShape>

const stateShape = z.object({
  format: z.literal(1),
  extensions: z.record(z.string(), extensionShape),
  operation: operationShape.nullable(),
})

/** What commands have installed, and what one of them is about to do. */
export type InstalledState = z.infer<typeof stateShape>

const nothing: InstalledState = { format: 1, extensions: {}, operation: null }

const fileIn = (folder: string): string => join(folder, 'installed.json')

/**
 * What is installed in a folder; nothing where the folder is not there.
 *
 * @throws Error that names the file, when it is not one of ours
 */
export async function readState(folder: string): Promise<InstalledState> {
  const file = fileIn(folder)
  const text = await readWholeFile(file)
  if (text === null) return nothing
  try {
    return stateShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(
      `${file} is not what this version of Trellis writes: restore it from a backup, or move the folder away, which installs nothing.`,
      { cause },
    )
  }
}

/** Puts it in the place of what is there, at once and for good: whoever reads finds the one or the other, after a crash too. */
export const writeState = (folder: string, state: InstalledState): Promise<void> =>
  replaceWholeFile(fileIn(folder), `${JSON.stringify(state, null, 2)}\n`)
