/** The life of extensions while the gateway runs: what administrators decide about them, and how replicas follow. */
export { lifecycleApi } from './api.ts'
export type { ReadSchema } from './deciding.ts'
export {
  type Decisions,
  nothingDecided,
  readDecisions,
  readRevision,
  type StoredDecision,
} from './decisions.ts'
export { createFollower } from './follow.ts'
export { type Plan, planOf } from './plan.ts'
export { remotesApi } from './remotes/api.ts'
export { createAddedRemotes } from './remotes/declaration.ts'
export { signedBy } from './remotes/signing-secrets.ts'
export { secretPlace } from './secret-place.ts'
export { noteServedVersion, readServedVersions, type Turn, takeTurn } from './served-versions.ts'
export { lifecycleService } from './service.ts'
export { missingConfiguration, readSettings } from './settings.ts'
