import type { Draft } from '../draft.ts'
import type { Finding } from '../finding.ts'

/** One rule of composition: says what breaks it, with place and cure. */
export type Check = (draft: Draft) => Iterable<Finding>

/** A rule about extensions as such, before their SDL is looked at. */
export type ManifestCheck = (
  installed: Pick<Draft, 'core' | 'extensions'> & {
    /** Names of those that are there, but switched off. */
    readonly disabled: ReadonlySet<string>
  },
) => Iterable<Finding>
