import type { ConfiguredKey } from '../config/index.ts'

export interface BannerOptions {
  /** Where the gateway listens, such as `http://127.0.0.1:4000`. */
  readonly url: string
  /** Keys that were made here, to be shown; those of the configuration are known already. */
  readonly keys: readonly ConfiguredKey[]
  /** Whether requests from this machine need no key. */
  readonly isOpen: boolean
}

/** What is printed once the gateway listens. */
export function banner({ url, keys, isOpen }: BannerOptions): string {
  const lines = [
    '',
    `  Trellis listens on ${url}`,
    '',
    `  GraphiQL   ${url}/graphql`,
    `  Schema     ${url}/graphql/schema`,
    `  Health     ${url}/health/ready`,
    '',
    ...keys.flatMap(({ role, email, key }) => [`  Key of the ${role.toLowerCase()} ${email}:`, `    ${key}`]),
    ...(isOpen
      ? [
          '',
          '  Warning: this is development on the embedded database, so requests from this machine',
          "  need no key and are the administrator's. Set NODE_ENV=production to require one.",
        ]
      : []),
    '',
    '',
  ]
  return lines.join('\n')
}
