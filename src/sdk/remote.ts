import { callerFile } from './caller.ts'
import type { Extension } from './extension.ts'
import type { Limits } from './limits.ts'
import { checkRemote, type RemoteProblem } from './remote-checks.ts'
import type { RemoteExtensionOptions } from './remote-extension-options.ts'
import type { RemoteOptions } from './remote-options.ts'

/**
 * Declares an extension that is a GraphQL service elsewhere, in any language. Its `typeDefs` are the service's own SDL,
 * in which a type of the core is written as the service knows it.
 *
 * @throws Error that lists everything wrong with the options
 */
export function remoteExtension(options: RemoteExtensionOptions): Extension {
  const { extension, problems } = remoteExtensionIn(callerFile(remoteExtension), options)
  if (problems.length === 0) return extension
  throw new Error(
    `The remote extension "${options.name}" cannot be:\n${problems.map(({ message }) => `- ${message}`).join('\n')}`,
  )
}

/** An extension that is declared in this file, or is told of by these words, and everything wrong with its options. */
export function remoteExtensionIn(
  file: string,
  options: RemoteExtensionOptions,
): {
  readonly extension: Extension & { readonly remote: RemoteOptions }
  readonly problems: readonly RemoteProblem[]
} {
  const { name, version, compatibility, dependsOn, scopes, startup, permissions } = options
  const { remote, problems } = checkRemote(options, file)
  const extension = {
    name,
    version,
    ...(compatibility && { compatibility }),
    ...(dependsOn && { dependsOn }),
    ...(scopes && { scopes }),
    ...(startup && { startup }),
    ...(permissions && { permissions }),
    limits: limitsOf(remote),
    typeDefs: remote.schema,
    remote,
    file,
  }
  return { extension, problems }
}

/** What its requests are held to is what any extension's calls are. */
const limitsOf = ({ timeoutMs, concurrency, queue, breaker }: RemoteOptions): Limits => ({
  deadlineMs: timeoutMs,
  writeDeadlineMs: timeoutMs,
  // The service's own queue comes first; what waits there is under way here.
  concurrency: concurrency + queue,
  queue,
  failures: breaker.failures,
  recoveryMs: breaker.firstTrialMs,
})
