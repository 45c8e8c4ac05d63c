import packageJson from '../../package.json' with { type: 'json' }

/** The version that extensions' `compatibility` is held against. */
export const trellisVersion: string = packageJson.version
