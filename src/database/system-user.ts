import type { Viewer } from '@trellis/sdk'
import { sql } from 'kysely'
import type { Session } from './database.ts'

/** Who acts where nobody asks: handlers of events, jobs, and routes that other systems call. The id is the same everywhere. */
export const systemViewer: Viewer = {
  id: 'usr_01k0000000e008000000000000',
  name: 'Trellis',
  role: 'ADMINISTRATOR',
  teamId: null,
}

/** Makes the user that `createdBy` and `updatedBy` name then. It is not active: nobody signs in as it. */
export async function ensureSystemUser({ sql: database }: Session): Promise<void> {
  const { id, name, role } = systemViewer
  await sql`
    insert into "User" (id, email, name, title, role, "isActive")
    values (${id}, 'system@trellis.invalid', ${name}, 'What happens by itself', ${role}::"Role", false)
    on conflict do nothing`.execute(database)
}
