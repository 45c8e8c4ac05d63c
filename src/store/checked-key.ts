const mostCharacters = 200

/** @throws Error for a key that is empty, too long, or that PostgreSQL cannot keep */
export function checkedKey(key: string): string {
  if (key === '') throw new Error('A key is empty; it has 1 to 200 characters.')
  if (key.length > mostCharacters)
    throw new Error(
      `The key "${key.slice(0, 40)}…" has ${key.length} characters; ${mostCharacters} are allowed.`,
    )
  if (key.includes('\0')) throw new Error('A key has a character U+0000, which PostgreSQL does not keep.')
  return key
}
