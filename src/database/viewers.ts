import type { Viewer } from '@trellis/sdk'
import { sql } from 'kysely'
import type { Session } from './database.ts'

export type FindViewer = (email: string) => Promise<Viewer | null>

/** How long a user is remembered: so long may one who was shut out still come in. */
const rememberedMs = 10_000

/**
 * Finds who signs in under an e-mail address; `null` for nobody, and for users who were shut out or deleted. A team
 * that was deleted is nobody's any more.
 */
export function createViewerDirectory(session: Session, now: () => number = Date.now): FindViewer {
  const remembered = new Map<string, { readonly viewer: Promise<Viewer | null>; readonly until: number }>()

  const read: FindViewer = async email => {
    const { rows } = await sql<Viewer>`
      select id, name, role, (select team.id from "Team" as team where team.id = "teamId" and team."deletedAt" is null) as "teamId"
      from "User" where email = ${email} and "isActive" and "deletedAt" is null`.execute(session.sql)
    return rows[0] ?? null
  }

  return email => {
    const known = remembered.get(email)
    if (known && known.until > now()) return known.viewer
    const viewer = read(email)
    remembered.set(email, { viewer, until: now() + rememberedMs })
    // A failure is not remembered: the next request asks again.
    viewer.catch(() => remembered.delete(email))
    return viewer
  }
}
