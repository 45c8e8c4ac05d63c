import { type Context, loadSchema, type ResolverMap, type SchemaFile } from '@trellis/sdk'
import type { ComposedExtension } from '../composition/index.ts'
import { mayDecide } from './may-decide.ts'
import { type Plan, payloadOf } from './plan.ts'
import type { ConfigureInput, SwitchInput } from './service.ts'
import { settingsSchemaOf } from './settings.ts'

const coordinates = (list: readonly string[]) => list.map(coordinate => ({ coordinate }))

/** The life cycle of extensions in the API. */
export const lifecycleApi: { readonly typeDefs: SchemaFile; readonly resolvers: ResolverMap } = {
  typeDefs: loadSchema(import.meta.url, 'lifecycle.graphql'),
  resolvers: {
    Extension: {
      isEnabled: ({ decision }: ComposedExtension) => decision.isEnabled,
      revision: ({ decision }: ComposedExtension) => decision.revision,
      settings: ({ decision }: ComposedExtension, _: unknown, context: Context) =>
        mayDecide(context) ? decision.settings : null,
      settingsSchema: ({ extension }: ComposedExtension) => settingsSchemaOf(extension),
      secrets: ({ extension: { secrets = [] }, decision: { secretNames } }: ComposedExtension) =>
        secrets.map(name => ({ name, isSet: secretNames.includes(name) })),
    },
    ExtensionPlan: {
      added: ({ added }: Plan) => coordinates(added),
      removed: ({ removed }: Plan) => coordinates(removed),
    },
    Mutation: {
      extensionConfigure: async (
        _: unknown,
        { input }: { readonly input: ConfigureInput },
        { services }: Context,
      ) => payloadOf(await services.extensions.configure(input)),
      extensionEnable: async (
        _: unknown,
        { input }: { readonly input: SwitchInput },
        { services }: Context,
      ) => payloadOf(await services.extensions.enable(input)),
      extensionDisable: async (
        _: unknown,
        { input }: { readonly input: SwitchInput },
        { services }: Context,
      ) => payloadOf(await services.extensions.disable(input)),
    },
  },
}
