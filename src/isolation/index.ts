/** Extensions in processes of their own: what keeps and asks such a process, and what answers there. Knows no domain. */
export { keepProcess } from './keep-process.ts'
export { type ListenAt, type Operation, type PartServer, startPartServer } from './part-server.ts'
export { perform } from './perform.ts'
export type { Asked, Start, Told } from './protocol.ts'
export { createReach, type Reach } from './reach.ts'
export { type Call, standIn } from './stand-in.ts'
export { type Idempotent, isolatedTransport } from './transport.ts'
