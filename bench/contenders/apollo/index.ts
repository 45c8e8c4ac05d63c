import { askingsOver } from '../../prisma/askings.ts'
import { encodeCursor } from '../../prisma/cursor.ts'
import type { Contender } from '../contender.ts'

export const apollo: Contender = {
  name: 'apollo',
  label: 'Apollo Server 5.5 on Fastify, DataLoader and Prisma 7.10',
  server: { file: new URL('server.ts', import.meta.url).pathname },
  askings: askingsOver(encodeCursor),
}
