import { sql } from 'kysely'
import type { Session } from './database.ts'

/** The two users of every installation, so that somebody can sign in. Their ids are the same everywhere. */
export const bootstrapUsers = {
  administrator: {
    id: 'usr_01k0000000e008000000000001',
    email: 'ada@trellis.example',
    name: 'Ada Lindqvist',
    title: 'Head of sales',
    role: 'ADMINISTRATOR',
  },
  agent: {
    id: 'usr_01k0000000e008000000000002',
    email: 'ben@trellis.example',
    name: 'Ben Okafor',
    title: 'Account executive',
    role: 'AGENT',
  },
} as const

/**
 * Makes the bootstrap users that are absent. Known by their e-mail addresses, they stay as they are otherwise,
 * renamed, locked out or deleted. Gateways that start at once may all call it.
 */
export async function ensureBootstrapUsers({ session }: { readonly session: Session }): Promise<void> {
  // Not by Prisma's models, which take a tenth of a second to load, and every start comes through here.
  await sql`
    insert into "User" (id, email, name, title, role)
    select id, email, name, title, role
    from jsonb_populate_recordset(null::"User", ${JSON.stringify(Object.values(bootstrapUsers))}::jsonb)
    on conflict do nothing`.execute(session.sql)
}
