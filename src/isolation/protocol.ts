import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'

/** What an extension is called for beside operations. */
export type CallKind = 'check' | 'event' | 'job' | 'route' | 'health'

/**
 * What is sent with every request to an extension's process, beside the operation and signed with it: on whose behalf,
 * and what the gateway knows of the client's request. It is trusted once the signature is.
 */
export const askedShape = z.object({
  viewer: z.object({
    id: z.string(),
    name: z.string(),
    role: z.enum(['ADMINISTRATOR', 'AGENT']),
    teamId: z.string().nullable(),
  }),
  requestId: z.string(),
  /** The request that a mutation is done once for. */
  idempotent: z.object({ key: z.string(), hash: z.string(), path: z.string() }).nullable(),
  /** `null` for an operation. */
  call: z
    .object({
      kind: z.enum(['check', 'event', 'job', 'route', 'health']),
      name: z.string(),
      data: z.string(),
    })
    .nullable(),
})

export type Asked = z.infer<typeof askedShape>

/** A request's body. */
export const bodyShape = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  extensions: z.object({ trellis: askedShape }),
})

/** Values of our own processes as text: dates stay dates, which JSON does not keep. */
export const packed = (value: unknown): string => serialize(value).toString('base64')

export const unpacked = (text: string): unknown => deserialize(Buffer.from(text, 'base64'))

/** What came of a call. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'userErrors'; readonly userErrors: unknown }
  | {
      readonly kind: 'refusal'
      readonly code: string
      readonly message: string
      readonly extensions: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'failure'; readonly message: string }

/** What the gateway tells a process that it starts, over the channel that nobody else has. */
export interface Start {
  readonly kind: 'start'
  /** The extension's name. */
  readonly name: string
  /** The files that declare it and those it depends on. */
  readonly files: readonly string[]
  /** The socket to listen on. */
  readonly socketPath: string
  /** What the gateway signs with. */
  readonly secret: string
  /** What the process opens its database and makes its contexts with. */
  readonly surroundings: unknown
}

/** What a process tells the gateway: that it answers, that it is alive, or why it cannot start. */
export type Told =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong' }
  | { readonly kind: 'failed'; readonly message: string }

export const isTold = (message: unknown): message is Told =>
  typeof message === 'object' &&
  message !== null &&
  'kind' in message &&
  (message.kind === 'ready' || message.kind === 'pong' || message.kind === 'failed')
