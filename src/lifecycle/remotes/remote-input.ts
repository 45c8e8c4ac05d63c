import type { UserError } from '@trellis/sdk'
import type { RemoteProblem } from '../../sdk/remote-checks.ts'
import { declarationShape, type RemoteDeclaration } from './declaration.ts'

/** What is said of a service: in an update, what is left out stays, and `null` takes back to the default. */
export interface RemoteInput {
  readonly name: string
  readonly version?: string | null
  readonly url?: string | null
  /** SDL; `null` where the service is to be asked for it. */
  readonly schema?: string | null
  readonly merge?: readonly { readonly type: string; readonly key: string; readonly lookup: string }[] | null
  readonly headers?: readonly string[] | null
  readonly signingSecrets?: readonly string[] | null
  readonly permissions?: readonly { readonly role: string; readonly fields: readonly string[] }[] | null
  readonly dependsOn?: readonly { readonly name: string; readonly range: string }[] | null
  readonly scopes?: readonly string[] | null
  readonly timeoutMs?: number | null
  readonly retries?: number | null
  readonly maxResponseBytes?: number | null
  readonly concurrency?: number | null
  readonly queue?: number | null
  readonly subscriptions?: number | null
  readonly heartbeatMs?: number | null
  readonly breaker?: Readonly<Record<string, number | null>> | null
  readonly expectedRevision?: number | null
}

/** What is to be kept of it, once its schema is known. */
export type RemoteDraft = Omit<RemoteDeclaration, 'schema'> & { readonly schema?: string }

const draftShape = declarationShape.extend({ schema: declarationShape.shape.schema.exactOptional() })

/** What is kept as it is given. */
const plain = [
  'version',
  'url',
  'schema',
  'headers',
  'scopes',
  'timeoutMs',
  'retries',
  'maxResponseBytes',
  'concurrency',
  'queue',
  'subscriptions',
  'heartbeatMs',
] as const

/** What was said before with what is said now; `null` when no address is left. */
export function draftOf(before: RemoteDeclaration | null, input: RemoteInput): RemoteDraft | null {
  const given = {
    ...Object.fromEntries(plain.map(key => [key, input[key]])),
    merge: input.merge && Object.fromEntries(input.merge.map(({ type, ...lookup }) => [type, lookup])),
    permissions:
      input.permissions &&
      Object.fromEntries(
        input.permissions.map(({ role, fields }) => [role, fields.includes('*') ? '*' : fields]),
      ),
    dependsOn: input.dependsOn && Object.fromEntries(input.dependsOn.map(({ name, range }) => [name, range])),
    breaker: input.breaker && withoutNulls(input.breaker),
  }
  const changed = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return draftShape.safeParse(withoutNulls({ ...before, ...changed })).data ?? null
}

const withoutNulls = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))

/** What an object cannot tell, since the last one stays: a name that is given twice in a list. */
export const duplicatesIn = ({ merge, permissions, dependsOn }: RemoteInput): readonly UserError[] => [
  ...twice('merge', 'type', merge ?? []),
  ...twice('permissions', 'role', permissions ?? []),
  ...twice('dependsOn', 'name', dependsOn ?? []),
]

const twice = <Key extends string>(
  list: string,
  key: Key,
  items: readonly Readonly<Record<Key, string>>[],
): readonly UserError[] => {
  const names = items.map(item => item[key])
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            code: 'DUPLICATE',
            message: `${list} has ${JSON.stringify(name)} twice; once is wanted.`,
            path: ['input', list, String(index), key],
          },
        ],
  )
}

/** What is wrong with an option, at the place of the input that said so. */
export function refusalOf(
  { path: [option = '', name = '', ...rest], message }: RemoteProblem,
  input: RemoteInput,
): UserError {
  const place = (): readonly string[] => {
    if (option === 'secret') return ['signingSecrets', name]
    if (option !== 'merge') return [option, name, ...rest].filter(part => part !== '')
    const index = input.merge?.findLastIndex(({ type }) => type === name) ?? -1
    return index < 0 ? ['merge'] : ['merge', String(index), rest[0] ?? 'type']
  }
  return { code: 'INVALID_REMOTE', message, path: ['input', ...place()] }
}
