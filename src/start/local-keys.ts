import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Config, ConfiguredKey } from '../config/index.ts'
import { keyBytes } from '../lib/seal.ts'

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
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text !== null) {
    const keys = stored.safeParse(parseJson(text))
    if (keys.success) return keys.data
    throw new Error(
      `${file} does not hold keys any more. Remove it to have new ones made, or set TRELLIS_API_KEYS.`,
    )
  }
  const keys = users.map(user => ({ ...user, key: newKey() }))
  await keep(file, `${JSON.stringify(keys, null, 2)}\n`)
  return keys
}

/** What an installation whose configuration names nothing else seals secrets with: made once, and kept as keys are. */
export async function readOrMakeEncryptionKey(directory: string): Promise<Uint8Array> {
  const file = join(directory, 'encryption.key')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) {
    const key = randomBytes(keyBytes)
    await keep(file, `${key.toString('base64url')}\n`)
    return key
  }
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

/** Writes what only its user may read; renamed into place, so that a crash leaves no half of it. */
async function keep(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
