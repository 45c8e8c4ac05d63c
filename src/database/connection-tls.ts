import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { ConnectionStringError } from './connection-string-error.ts'

/** The part of the connection that is about encryption. Empty when the address says nothing of it. */
export interface ConnectionTls {
  readonly ssl?: boolean | ConnectionOptions
  readonly enableChannelBinding?: boolean
}

/** What the values of `ssl` come to: the spelling of JDBC, to which many addresses are written. */
const MODE_OF_SSL: Readonly<Record<string, string>> = {
  true: 'verify-full',
  1: 'verify-full',
  false: 'disable',
  0: 'disable',
}

/**
 * What the `ssl…` parameters of an address mean, as in libpq (PostgreSQL manual, "SSL Mode Descriptions"). `allow` and
 * `prefer` are refused: they fall back to plain text without a word, and pg cannot do that anyway.
 *
 * @throws ConnectionStringError for other values, and for certificate files that cannot be read
 */
export function parseConnectionTls(parameters: ReadonlyMap<string, string>): ConnectionTls {
  const binding = parameters.get('channel_binding')
  return {
    ...parseMode(parameters),
    ...(binding === undefined ? {} : { enableChannelBinding: binding !== 'disable' }),
  }
}

function parseMode(parameters: ReadonlyMap<string, string>): ConnectionTls {
  const ssl = parameters.get('ssl')
  const mode =
    parameters.get('sslmode') ?? (ssl === undefined ? undefined : (MODE_OF_SSL[ssl] ?? `ssl=${ssl}`))
  if (mode === undefined) return {}
  if (mode === 'disable') return { ssl: false }
  const files = readCertificates(parameters)
  switch (mode) {
    case 'no-verify':
      return { ssl: { ...files, rejectUnauthorized: false } }
    // With a root certificate at hand, libpq checks against it.
    case 'require':
      return { ssl: { ...files, ...(files.ca ? CHAIN_ONLY : { rejectUnauthorized: false }) } }
    case 'verify-ca':
      return { ssl: { ...files, ...CHAIN_ONLY } }
    case 'verify-full':
      return { ssl: { ...files, rejectUnauthorized: true } }
    default:
      throw new ConnectionStringError(
        `has sslmode "${mode}": use disable, require, verify-ca or verify-full (or no-verify, which is pg's word for require)`,
      )
  }
}

/** The certificate has to be signed by the authority; whose name it bears does not matter. */
const CHAIN_ONLY: ConnectionOptions = { rejectUnauthorized: true, checkServerIdentity: () => undefined }

function readCertificates(parameters: ReadonlyMap<string, string>): ConnectionOptions {
  const authority = parameters.get('sslrootcert')
  return {
    // `system` means the authorities that the system trusts, which is what Node does without being told.
    ...(authority === 'system' ? {} : readPart('ca', 'sslrootcert', parameters)),
    ...readPart('cert', 'sslcert', parameters),
    ...readPart('key', 'sslkey', parameters),
  }
}

function readPart(
  part: 'ca' | 'cert' | 'key',
  name: string,
  parameters: ReadonlyMap<string, string>,
): ConnectionOptions {
  const path = parameters.get(name)
  if (path === undefined) return {}
  try {
    return { [part]: readFileSync(path, 'utf8') }
  } catch (cause) {
    throw new ConnectionStringError(`names the file "${path}" as ${name}, which cannot be read`, { cause })
  }
}
