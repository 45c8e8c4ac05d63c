import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Config, ConfiguredKey } from '../config/index.ts'
import { keyBytes } from '../lib/seal.ts'
import { makeWholeFile, readWholeFile } from '../lib/whole-file.ts'

const stored = z.array(
  z.object({ role: z.enum(['ADMINISTRATOR', 'AGENT']), email: z.string(), key: z.string().min(32) }),
)

const newKey = (): string => `trellis_${randomBytes(32).toString('base64url')}`

/** The keys of an installation whose configuration names none: made once, and kept where only its user reads. */
export async function readOrMakeKeys(
  directory: string,
  users: readonly Pick<ConfiguredKey, 'role' | 'email'>[],
): Promise<readonly ConfiguredKey[]> {
  const file = join(directory, 'keys.json')
  const text = await readOrMake(
    file,
    () =>
      `${JSON.stringify(
        users.map(user => ({ ...user, key: newKey() })),
        null,
        2,
      )}\n`,
  )
  const keys = stored.safeParse(parseJson(text))
  if (keys.success) return keys.data
  throw new Error(
    `${file} does not hold keys any more. Remove it to have new ones made, or set TRELLIS_API_KEYS.`,
  )
}

/** What an installation whose configuration names nothing else seals secrets with: made once, and kept as keys are. */
export async function readOrMakeEncryptionKey(directory: string): Promise<Uint8Array> {
  const file = join(directory, 'encryption.key')
  const text = await readOrMake(file, () => `${randomBytes(keyBytes).toString('base64url')}\n`)
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length === keyBytes) return key
  throw new Error(`${file} does not hold a key any more: bring it back, or set TRELLIS_ENCRYPTION_KEYS.`)
}

/** What secrets are sealed and opened with. On a server of one's own the key does not lie beside the data: it is the operator's to give. */
export async function encryptionKeysOf({
  encryptionKeys,
  database,
}: Pick<Config, 'encryptionKeys' | 'database'>): Promise<readonly Uint8Array[]> {
  if (encryptionKeys.length > 0 || database.url !== null) return encryptionKeys
  return [await readOrMakeEncryptionKey(database.dataDirectory)]
}

/** What a file holds, which is made where there is none. Of those who start at the same time all read what one has made. */
async function readOrMake(file: string, make: () => string): Promise<string> {
  const there = await readWholeFile(file)
  if (there !== null) return there
  await mkdir(dirname(file), { recursive: true })
  await makeWholeFile(file, make())
  return readFile(file, 'utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
