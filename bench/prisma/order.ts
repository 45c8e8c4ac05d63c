/** Orders and conditions that all peers over Prisma share. */

export const newestFirst: [{ createdAt: 'desc' }, { id: 'desc' }] = [{ createdAt: 'desc' }, { id: 'desc' }]

export const byName: [{ name: 'asc' }, { id: 'asc' }] = [{ name: 'asc' }, { id: 'asc' }]

export const notDeleted = { deletedAt: null } as const
