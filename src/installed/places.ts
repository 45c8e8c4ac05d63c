import { join } from 'node:path'

/** Where commands install extensions. */
export const installedFolder = (dataDirectory: string): string => join(dataDirectory, 'extensions')

/** Where the package of one version lies, with all that it brings: versions stay side by side. */
export const versionFolder = (folder: string, name: string, version: string): string =>
  join(folder, name, version)

/** Where a package is put before it is known what it is. */
export const stagingPrefix = (folder: string): string => join(folder, '.staged-')
