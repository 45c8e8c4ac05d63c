import { callerFile } from './caller.ts'
import type { Extension } from './extension.ts'
import type { Limits } from './limits.ts'
import { checkedRemote } from './remote-checks.ts'
import type { RemoteExtensionOptions } from './remote-extension-options.ts'
import type { RemoteOptions } from './remote-options.ts'

/**
 * Declares an extension that is a GraphQL service elsewhere, in any language. Its `typeDefs` are the service's own SDL,
 * in which a type of the core is written as the service knows it.
 *
 * @throws Error that lists everything wrong with the options
 */
export function remoteExtension(options: RemoteExtensionOptions): Extension {
  const { name, version, compatibility, dependsOn, scopes, startup } = options
  const file = callerFile(remoteExtension)
  const remote = checkedRemote(options, file)
  return {
    name,
    version,
    ...(compatibility && { compatibility }),
    ...(dependsOn && { dependsOn }),
    ...(scopes && { scopes }),
    ...(startup && { startup }),
    limits: limitsOf(remote),
    typeDefs: remote.schema,
    remote,
    file,
  }
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
