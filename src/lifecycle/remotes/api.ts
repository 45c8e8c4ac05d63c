import { type Context, type Extension, loadSchema, type ResolverMap, type SchemaFile } from '@trellis/sdk'
import type { ComposedExtension } from '../../composition/index.ts'
import { mayDecide } from '../may-decide.ts'
import { payloadOf } from '../plan.ts'
import type { RemoteInput } from './remote-input.ts'
import { signingSecretsName } from './signing-secrets.ts'

interface Given<Input> {
  readonly input: Input
}

const named = (entries: Readonly<Record<string, object>>) =>
  Object.entries(entries).map(([type, lookup]) => ({ type, ...lookup }))

/** Services elsewhere in the API: what is known of them, and those that are added. */
export const remotesApi: { readonly typeDefs: SchemaFile; readonly resolvers: ResolverMap } = {
  typeDefs: loadSchema(import.meta.url, 'remotes.graphql'),
  resolvers: {
    Extension: {
      remote: (
        { extension: { remote, permissions }, decision }: ComposedExtension,
        _: unknown,
        context: Context,
      ) => (remote && mayDecide(context) ? { ...remote, permissions, decision } : null),
    },
    ExtensionRemote: {
      schema: ({ schema }: { readonly schema: SchemaFile }) => schema.text,
      isAdded: ({ decision }: ComposedExtension) => decision.isAdded,
      isSigned: ({ secrets, decision }: ComposedExtension & { readonly secrets: readonly string[] }) =>
        secrets.length > 0 || decision.secretNames.includes(signingSecretsName),
      permissions: ({ permissions = {} }: Pick<Extension, 'permissions'>) =>
        Object.entries(permissions).map(([role, fields]) => ({ role, fields: [fields].flat() })),
      merge: ({ merge }: { readonly merge: Readonly<Record<string, object>> }) => named(merge),
    },
    ExtensionRemoteMerge: {
      lookup: ({ field, argument }: { readonly field: string; readonly argument: string }) =>
        `${field}(${argument}:)`,
    },
    Mutation: {
      extensionRemoteAdd: async (_: unknown, { input }: Given<RemoteInput>, { services }: Context) =>
        payloadOf(await services.extensions.addRemote(input)),
      extensionRemoteUpdate: async (_: unknown, { input }: Given<RemoteInput>, { services }: Context) =>
        payloadOf(await services.extensions.updateRemote(input)),
      extensionRemoteRemove: async (
        _: unknown,
        { input }: Given<Pick<RemoteInput, 'name' | 'expectedRevision'>>,
        { services }: Context,
      ) => payloadOf(await services.extensions.removeRemote(input)),
    },
  },
}
