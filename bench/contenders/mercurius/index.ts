import { askingsOver } from '../../prisma/askings.ts'
import { encodeCursor } from '../../prisma/cursor.ts'
import type { Contender } from '../contender.ts'

export const mercurius: Contender = {
  name: 'mercurius',
  label: 'Mercurius 16.10, JIT and loaders over Prisma 7.10',
  server: { file: new URL('server.ts', import.meta.url).pathname },
  askings: askingsOver(encodeCursor),
}
