import type { RemoteOptions } from '@trellis/sdk'
import type { Sealer } from '../../lib/seal.ts'
import { secretPlace } from '../secret-place.ts'

/** Under this name what an added service's requests are signed with is kept, sealed, among the extension's secrets. */
export const signingSecretsName = 'signingSecrets'

/** No secret of Standard Webhooks has a space in it. */
const separator = ' '

/** @throws Error when the key that they were sealed with is not to be had */
export function openSigningSecrets(
  extension: string,
  secrets: Readonly<Record<string, string>>,
  sealer: Sealer | null,
): readonly string[] {
  const sealed = secrets[signingSecretsName]
  if (sealed === undefined) return []
  if (!sealer) throw new Error('Secrets are set, but TRELLIS_ENCRYPTION_KEYS is not.')
  return sealer.open(sealed, secretPlace(extension, signingSecretsName)).split(separator)
}

/** All of them as one sealed secret; none where there are none. */
export const sealSigningSecrets = (
  extension: string,
  signingSecrets: readonly string[],
  sealer: Sealer,
): Readonly<Record<string, string>> =>
  signingSecrets.length === 0
    ? {}
    : {
        [signingSecretsName]: sealer.seal(
          signingSecrets.join(separator),
          secretPlace(extension, signingSecretsName),
        ),
      }

/** A service's options with what its requests are signed with by an administrator's word, if by any. */
export const signedBy = (remote: RemoteOptions, opened: Readonly<Record<string, string>>): RemoteOptions => {
  const secrets = opened[signingSecretsName]?.split(separator)
  return secrets ? { ...remote, secrets } : remote
}
