/** Core and extensions become one schema here. Knows GraphQL; not HTTP, not the database. */

export { type CheckedBefore, createCheckedBefore } from './checked.ts'
export {
  type Answering,
  type ComposeOptions,
  compose,
  type PreparedComposition,
  type PrepareOptions,
  prepareComposition,
} from './compose.ts'
export type { ComposedExtension, Composition } from './composition.ts'
export { CompositionError } from './composition-error.ts'
export { type ExtensionDecision, NotConfigured, undecided } from './decision.ts'
export type { Drift } from './drift.ts'
export { extensionFailure, extensionUnavailable } from './extension-failure.ts'
export { type ExtensionsApi, extensionsApi } from './extensions-api.ts'
export { guardHooks } from './guard-hooks.ts'
export { recordsArgument, recordsField } from './isolated/records-field.ts'
export { type Manifest, readManifest } from './manifest.ts'
export type { Owner, Ownership } from './ownership.ts'
export { permittedRoles } from './permissions.ts'
export type { Place, Problem } from './problem.ts'
export { type ProblemCode, problemCodes } from './problem-codes.ts'
export { type WrongName, wrongRegistryNames } from './registry-names.ts'
export { versionFits } from './version-fits.ts'
