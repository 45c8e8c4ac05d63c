import { RemoteFailure, type RemoteFailureKind } from './failure.ts'

/** Makes the failures of one remote, each of which names the extension. */
export type Fail = (
  kind: RemoteFailureKind,
  what: string,
  more?: { readonly status?: number; readonly cause?: unknown },
) => RemoteFailure

export const createFail =
  (extension: string): Fail =>
  (kind, what, more = {}) =>
    new RemoteFailure({ kind, extension, what, ...more })
