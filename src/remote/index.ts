/** A remote extension over HTTP: what calls it, and what became of its schema. */
export { compareSchemas, type SchemaDifference, type SchemaDifferences } from './compare-schemas.ts'
export { createRemoteExecutor } from './create-remote-executor.ts'
export type { RemoteCall, RemoteExecutor, RemoteExecutorOptions, RemoteState } from './executor.ts'
export { RemoteFailure, type RemoteFailureKind, type RemoteFailureOptions } from './failure.ts'
export { readRemoteSchema } from './read-remote-schema.ts'
export { readServiceSchema } from './read-service-schema.ts'
export { refusalOf, withRefusals } from './refusal-of.ts'
export { isSignedBy, type Signed } from './sign.ts'
export {
  type SchemaChecks,
  type SchemaState,
  type SchemaWatch,
  usualChecks,
  watchSchema,
} from './watch-schema.ts'
