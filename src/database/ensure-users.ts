import { newId } from '../lib/type-id.ts'
import type { Database } from './database.ts'

export interface KnownUser {
  readonly role: 'ADMINISTRATOR' | 'AGENT'
  readonly email: string
  /** @default what stands before the @ of the address */
  readonly name?: string
}

/** Makes the users that keys are given out to, where they are absent; those that exist stay as they are. */
export async function ensureUsers({ session }: Database, users: readonly KnownUser[]): Promise<void> {
  if (users.length === 0) return
  await session.prisma.user.createMany({
    data: users.map(({ role, email, name }) => ({
      id: newId('usr'),
      role,
      email,
      name: name ?? email.split('@')[0] ?? email,
    })),
    skipDuplicates: true,
  })
}
