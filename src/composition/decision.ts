/** What an administrator decided about an extension. */
export interface ExtensionDecision {
  readonly isEnabled: boolean
  /** Whether it is there by an administrator's word: a service that was added while the gateway ran. */
  readonly isAdded: boolean
  /** As they were given; what is not among them has its default. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Names of the secrets that are set. */
  readonly secretNames: readonly string[]
  /** Counts the decisions. */
  readonly revision: number
}

/** Of an extension that nobody has decided anything about. */
export const undecided: ExtensionDecision = {
  isEnabled: true,
  isAdded: false,
  settings: {},
  secretNames: [],
  revision: 0,
}

/** Why an extension does not run that waits for settings or secrets. */
export class NotConfigured extends Error {
  override name = 'NotConfigured'
}
