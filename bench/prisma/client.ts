import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client/client.ts'

const { DATABASE_URL, POOL_SIZE = '10' } = process.env

/**
 * A Prisma client over a pool of its own.
 *
 * Statements are named, so that PostgreSQL prepares each once: that takes a quarter off its CPU
 * time for `nested` and nearly half for `byId`. Without names pg would have it plan each anew.
 */
export const createPrismaClient = (): PrismaClient => {
  const names = new Map<string, string>()
  const adapter = new PrismaPg(
    { ...(DATABASE_URL !== undefined && { connectionString: DATABASE_URL }), max: Number(POOL_SIZE) },
    {
      statementNameGenerator: ({ sql }) => {
        const known = names.get(sql)
        if (known !== undefined) return known
        const name = createHash('sha1').update(sql).digest('base64url')
        names.set(sql, name)
        return name
      },
    },
  )
  return new PrismaClient({ adapter })
}
