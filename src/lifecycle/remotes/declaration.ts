import type { Extension, RemoteOptions, Scope } from '@trellis/sdk'
import { z } from 'zod'
import { remoteExtensionIn } from '../../sdk/remote.ts'
import type { RemoteProblem } from '../../sdk/remote-checks.ts'

/** What is kept of a service that was added: what was said of it, without defaults, which may change with Trellis. */
export const declarationShape = z.object({
  version: z.string().default('1.0.0'),
  url: z.string(),
  /** SDL. */
  schema: z.string(),
  merge: z.record(z.string(), z.object({ key: z.string(), lookup: z.string() })).exactOptional(),
  headers: z.array(z.string()).exactOptional(),
  /** By role; of which there are, composition knows. */
  permissions: z
    .looseObject({ AGENT: z.union([z.literal('*'), z.array(z.string())]).exactOptional() })
    .exactOptional(),
  dependsOn: z.record(z.string(), z.string()).exactOptional(),
  /** Whether there are such, composition says. */
  scopes: z.array(z.custom<Scope>(scope => typeof scope === 'string')).exactOptional(),
  timeoutMs: z.number().exactOptional(),
  retries: z.number().exactOptional(),
  maxResponseBytes: z.number().exactOptional(),
  concurrency: z.number().exactOptional(),
  queue: z.number().exactOptional(),
  subscriptions: z.number().exactOptional(),
  heartbeatMs: z.number().exactOptional(),
  breaker: z
    .object({
      failures: z.number().exactOptional(),
      failingMs: z.number().exactOptional(),
      firstTrialMs: z.number().exactOptional(),
      longestTrialMs: z.number().exactOptional(),
    })
    .exactOptional(),
})

/** What was said of a service that was added. */
export type RemoteDeclaration = z.infer<typeof declarationShape>

/** As it is stored; what no version of Trellis that we know has written is as if it were not there. */
export const readDeclaration = (stored: unknown): RemoteDeclaration | null =>
  declarationShape.safeParse(stored).data ?? null

export interface AddedExtensionOptions {
  readonly name: string
  readonly declaration: RemoteDeclaration
  /** Whether it may be at a private address. */
  readonly allowPrivate: boolean
  /** What its requests are signed with. @default nothing */
  readonly signingSecrets?: readonly string[]
}

/** The extension that a declaration is of, and everything wrong with it. Its SDL is named as a file would be. */
export function addedExtension({
  name,
  declaration,
  allowPrivate,
  signingSecrets = [],
}: AddedExtensionOptions): {
  readonly extension: Extension & { readonly remote: RemoteOptions }
  readonly problems: readonly RemoteProblem[]
} {
  const file = `${name} (added remote)`
  return remoteExtensionIn(file, {
    ...declaration,
    name,
    schema: { file, text: declaration.schema },
    secret: signingSecrets,
    allowPrivate,
  })
}

/** The services among decisions that were added. */
export type AddedRemotes = (
  decisions: ReadonlyMap<string, { readonly remote: RemoteDeclaration | null }>,
) => readonly Extension[]

/**
 * Makes extensions of services that were added, the same ones as long as the same is said of them, so that what was checked
 * once need not be again. One that is wrong by now is made all the same, and fails by itself.
 */
export function createAddedRemotes({ allowPrivate }: { readonly allowPrivate: boolean }): AddedRemotes {
  let known: ReadonlyMap<string, Extension> = new Map()
  return decisions => {
    const made = [...decisions].flatMap(([name, { remote }]): (readonly [string, Extension])[] => {
      if (!remote) return []
      const words = JSON.stringify([name, remote])
      const before = known.get(words)
      return [[words, before ?? addedExtension({ name, declaration: remote, allowPrivate }).extension]]
    })
    known = new Map(made)
    return [...known.values()]
  }
}
