/** Where a page ends: the sort keys of its last record. */
export interface Cursor {
  readonly createdAt: string
  readonly id: string
}

export const encodeCursor = ({ createdAt, id }: Cursor): string =>
  Buffer.from(JSON.stringify([createdAt, id])).toString('base64url')

/** The cursor after a page; `null` after an empty one. */
export const endCursor = (
  page: readonly { readonly createdAt: Date; readonly id: string }[],
): string | null => {
  const last = page.at(-1)
  return last ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) : null
}

/**
 * The condition for what follows a cursor, the newest first. Its first half lets PostgreSQL begin in
 * the index at the cursor; Prisma's own `cursor` has no such half and is 30 times slower on page 1,000.
 *
 * @throws Error when the text is not a cursor
 */
export const following = (cursor: string) => {
  const { createdAt, id } = decodeCursor(cursor)
  return {
    createdAt: { lte: createdAt },
    OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }],
  }
}

const decodeCursor = (text: string): Cursor => {
  const [createdAt, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
  if (typeof createdAt !== 'string' || typeof id !== 'string')
    throw new Error(`expected the cursor of an earlier page, got ${text}`)
  return { createdAt, id }
}
