import semver from 'semver'

/** Whether a version is in a range. A prerelease is tried with what was made for its release. */
export const versionFits = (version: string, range: string): boolean =>
  semver.satisfies(version, range, { includePrerelease: true })
