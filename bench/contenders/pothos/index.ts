import { askingsOver } from '../../prisma/askings.ts'
import { encodeCursor } from '../../prisma/cursor.ts'
import type { Contender } from '../contender.ts'

export const pothos: Contender = {
  name: 'pothos',
  label: 'Pothos 4.15 with its Prisma plugin on Yoga 5.24, Prisma 7.10',
  server: { file: new URL('server.ts', import.meta.url).pathname },
  askings: askingsOver(encodeCursor),
}
