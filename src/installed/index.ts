/** Extensions that commands have installed: where they lie, which version serves, and how they are imported. */
export { importInstalled } from './import-installed.ts'
export { createPackageImporter, type PackageImporter } from './import-package.ts'
export { installedFolder, isExtensionName, stagingPrefix, versionFolder } from './places.ts'
export { type Recovered, recover, switched } from './recover.ts'
export {
  type InstalledState,
  type Operation,
  readState,
  writeState,
} from './state.ts'
