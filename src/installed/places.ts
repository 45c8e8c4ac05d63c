import { join } from 'node:path'

/** Where commands install extensions. */
export const installedFolder = (dataDirectory: string): string => join(dataDirectory, 'extensions')

/** Whether it is a name that an extension may have, and so no way out of a folder. */
export const isExtensionName = (name: string): boolean => /^[a-z][a-z0-9-]{1,40}$/.test(name)

/** Where the package of one version lies, with all that it brings: versions stay side by side. */
export const versionFolder = (folder: string, name: string, version: string): string =>
  join(folder, name, version)

/** Where a package is put before it is known what it is. */
export const stagingPrefix = (folder: string): string => join(folder, '.staged-')
