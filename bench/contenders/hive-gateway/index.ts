import { join } from 'node:path'
import type { Contender } from '../contender.ts'
import { coreServer, remoteAskings, reviewsServer } from '../trellis/index.ts'

/** The same core and the same service as trellis-remote has, behind a gateway in front of both. */
export const hiveGateway: Contender = {
  name: 'hive-gateway',
  label: 'Hive Gateway with JIT, in front of Trellis without extensions and of the same service',
  server: { file: join(import.meta.dirname, 'server.ts') },
  asks: { CORE_URL: coreServer, REVIEWS_URL: reviewsServer },
  askings: remoteAskings,
}
