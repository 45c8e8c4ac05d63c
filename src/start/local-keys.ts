import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ConfiguredKey } from '../config.ts'

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
  await mkdir(directory, { recursive: true })
  // Renamed into place, so that a crash leaves no half of it.
  await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return keys
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
