import { abstractTypes } from './abstract-types.ts'
import { builtinRedefinition } from './builtin-redefinition.ts'
import type { Check, ManifestCheck } from './check.ts'
import { declaredReferences } from './declared-references.ts'
import { dependencies } from './dependencies.ts'
import { dependencyCycles } from './dependency-cycles.ts'
import { deprecations } from './deprecations.ts'
import { descriptions } from './descriptions.ts'
import { duplicatedGraphql } from './duplicated-graphql.ts'
import { events } from './events.ts'
import { executableDefinition } from './executable-definition.ts'
import { extensionLimits } from './extension-limits.ts'
import { extensionName } from './extension-name.ts'
import { extensionVersion } from './extension-version.ts'
import { fieldSharing } from './field-sharing.ts'
import { foreignFields } from './foreign-fields.ts'
import { foreignNullability } from './foreign-nullability.ts'
import { isolatedRegistries } from './isolated-registries.ts'
import { jobs } from './jobs.ts'
import { listBound } from './list-bound.ts'
import { mutationShape } from './mutation-shape.ts'
import { namePrefix } from './name-prefix.ts'
import { overrideUnused } from './override-unused.ts'
import { permissions } from './permissions.ts'
import { references } from './references.ts'
import { registryName } from './registry-name.ts'
import { remoteLookups } from './remote-lookups.ts'
import { remoteReferences } from './remote-references.ts'
import { reservedName } from './reserved-name.ts'
import { resolverTargets } from './resolver-targets.ts'
import { rootResolvers } from './root-resolvers.ts'
import { routes } from './routes.ts'
import { schemaDefinition } from './schema-definition.ts'
import { scopeNames } from './scope-names.ts'
import { scopedHooks } from './scoped-hooks.ts'
import { scopedRequirements } from './scoped-requirements.ts'
import { sharedTypes } from './shared-types.ts'
import { storedRequirements } from './stored-requirements.ts'
import { typeExtension } from './type-extension.ts'

/** What is checked before any SDL is looked at. */
export const manifestChecks: readonly ManifestCheck[] = [
  extensionName,
  extensionVersion,
  extensionLimits,
  dependencies,
  dependencyCycles,
  registryName,
  declaredReferences,
  isolatedRegistries,
  events,
  jobs,
  routes,
  scopeNames,
  scopedHooks,
]

/** What is checked before anything is merged. None leans on another, so their order is for readers. */
export const checks: readonly Check[] = [
  // Each extension by itself
  executableDefinition,
  schemaDefinition,
  builtinRedefinition,
  namePrefix,
  reservedName,
  listBound,
  foreignNullability,
  descriptions,
  deprecations,
  mutationShape,
  // Who owns what
  typeExtension,
  fieldSharing,
  overrideUnused,
  permissions,
  sharedTypes,
  // What is used of others
  references,
  storedRequirements,
  scopedRequirements,
  // Services elsewhere
  remoteLookups,
  remoteReferences,
  // Code and SDL
  duplicatedGraphql,
  resolverTargets,
  foreignFields,
  rootResolvers,
  abstractTypes,
]
