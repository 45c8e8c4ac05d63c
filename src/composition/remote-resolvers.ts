import type { Extension } from '@trellis/sdk'
import { type GraphQLSchema, Kind } from 'graphql'
import {
  createDelegation,
  type Delegation,
  type ReadRecord,
  type RemoteSchema,
  type Transport,
} from '../delegation/index.ts'
import { withMeaning } from '../entity/index.ts'
import { attachResolvers } from './attach-resolvers.ts'
import type { Draft, MemberClaim } from './draft.ts'
import { extensionFailure } from './extension-failure.ts'
import type { Attachment } from './extension-resolvers.ts'
import { rootTypes } from './names.ts'
import type { RemotePart } from './remote/remote-part.ts'
import type { ExtensionSubschema } from './subschema.ts'

/** What remote extensions are reached with. */
export interface RemoteOptions {
  /** How a remote is called. @default its fields fail, as in a schema that is for printing */
  readonly callOf?: ((extension: Extension) => Transport) | undefined
  readonly readRecord?: ReadRecord | undefined
}

/** Makes the fields of all remotes that run delegate; the rest of the schema stays as it is. */
export function attachRemotes(
  schema: GraphQLSchema,
  draft: Draft,
  unavailable: ReadonlyMap<string, Error>,
  options: RemoteOptions,
): void {
  const attachments = draft.extensions.flatMap(subschema => {
    const { remote, name } = subschema
    return remote && !unavailable.has(name) ? [...resolversOf(subschema, remote, draft, options)] : []
  })
  if (attachments.length > 0) attachResolvers(schema, {}, attachments)
}

function* resolversOf(
  subschema: ExtensionSubschema,
  remote: RemotePart,
  draft: Draft,
  { callOf, readRecord = unread }: RemoteOptions,
): Generator<Attachment> {
  const { name, extension } = subschema
  const delegation = createDelegation({
    remote: remoteSchema(name, remote, draft),
    transport: callOf?.(extension) ?? uncalled,
    readRecord,
    failure: (coordinate, thrown) => extensionFailure(name, coordinate, thrown),
  })
  for (const [claim] of draft.members.values())
    if (claim?.subschema === subschema) yield* fieldOf(claim, remote, delegation, draft)
  for (const [typeName, [claim]] of draft.types) {
    const kind = claim?.node.kind
    if (claim?.subschema !== subschema) continue
    if (kind === Kind.INTERFACE_TYPE_DEFINITION || kind === Kind.UNION_TYPE_DEFINITION)
      yield { typeName, key: '__resolveType', value: typeNameOf }
  }
}

function* fieldOf(
  { typeName, node, subschema }: MemberClaim,
  { lookups }: RemotePart,
  delegation: Delegation,
  { types }: Draft,
): Generator<Attachment> {
  const owner = types.get(typeName)?.[0]
  if (node.kind !== Kind.FIELD_DEFINITION || owner?.node.kind !== Kind.OBJECT_TYPE_DEFINITION) return
  const key = node.name.value
  if (rootTypes.has(typeName)) {
    const answers =
      typeName === 'Query'
        ? { resolve: delegation.queryField(key) }
        : typeName === 'Mutation'
          ? { resolve: delegation.mutationField(key) }
          : delegation.subscriptionField(key)
    // The core's resolvers are there already: where one is taken over, what it means goes with it.
    yield { typeName, key, value: { ...answers, extensions: {} } }
    return
  }
  if (owner.subschema === subschema) {
    yield { typeName, key, value: delegation.ownField(typeName, key) }
    return
  }
  const lookup = lookups.get(typeName)
  const columns = [...new Set([...(lookup?.key ?? []), ...(lookup?.requires.get(key) ?? [])])]
  const value = withMeaning({ kind: 'requires', columns }, delegation.lookupField(typeName, key))
  yield { typeName, key, value }
}

/** What delegation knows of a remote: records of the core are told by their id. */
const remoteSchema = (
  name: string,
  { schema, lookups, foreign }: RemotePart,
  { core }: Draft,
): RemoteSchema => ({
  name,
  schema,
  lookups,
  references: new Map(
    [...foreign].filter(typeName => core.types.has(typeName)).map(typeName => [typeName, 'id']),
  ),
})

const typeNameOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, '__typename') : undefined

const uncalled: Transport = {
  execute: async () => {
    throw new Error('This schema is for printing.')
  },
  subscribe: () => {
    throw new Error('This schema is for printing.')
  },
}

const unread: ReadRecord = () => {
  throw new Error('No records are read here.')
}
