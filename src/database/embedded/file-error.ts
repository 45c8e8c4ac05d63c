import { errorCode } from './error-code.ts'
import { DatabaseStartError } from './start-error.ts'

/** What to do about the file errors that people really meet; any other shows its own message. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'may not be written or entered by this user: change its owner or its mode',
  EPERM: 'may not be changed by this user: change its owner',
  EROFS: 'is on a read-only file system',
  EEXIST: 'is a file, where a folder is needed',
  ENOTDIR: 'has a file where a folder is needed',
  ENOSPC: 'is on a full disk: make room',
}

/** Turns a failed file operation on `path`, below TRELLIS_DATA, into an error that says what to do. */
export function fileError(path: string, cause: unknown): DatabaseStartError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const trouble = REMEDIES[errorCode(cause) ?? ''] ?? `cannot be used (${reason})`
  return new DatabaseStartError(
    `The embedded database needs "${path}", which ${trouble}. ` +
      'Set TRELLIS_DATA to another folder, or DATABASE_URL to the address of a PostgreSQL server.',
    { cause },
  )
}
