/** Makes the fields of remotes answer. Knows GraphQL; not HTTP, not the database. */

export type { ReadRecord } from './complete-value.ts'
export { createDelegation, type Delegation } from './delegation.ts'
export type { Lookup, RemoteSchema } from './remote-schema.ts'
export { storedValue } from './stored-value.ts'
export type { Transport, UpstreamOperation } from './transport.ts'
export { WrongRemoteAnswer } from './wrong-remote-answer.ts'
