import { z } from 'zod'
import { askGateway, type Connection } from '../ask-gateway.ts'
import { CommandError } from '../command-error.ts'
import { extensionNamed, type ServedExtension } from '../extensions-of.ts'
import { refuseUserErrors, userErrorsShape } from './user-errors.ts'

export interface ConfigureOptions {
  readonly name: string
  /** Each `key=value`. */
  readonly assignments: readonly string[]
  readonly secrets: readonly { readonly name: string; readonly value: string }[]
}

const shape = z.object({
  extensionConfigure: z.object({
    extension: z
      .object({
        status: z.string(),
        revision: z.number(),
        settings: z.record(z.string(), z.unknown()),
        secrets: z.array(z.object({ name: z.string(), isSet: z.boolean() })),
      })
      .nullable(),
    userErrors: userErrorsShape,
  }),
})

const mutation = `mutation ($input: ExtensionConfigureInput!) {
  extensionConfigure(input: $input) {
    extension { status revision settings secrets { name isSet } }
    userErrors { code message path }
  }
}`

export type Configured = NonNullable<z.infer<typeof shape>['extensionConfigure']['extension']>

/** @throws CommandError when it is refused */
export async function configure(
  connection: Connection,
  { name, assignments, secrets }: ConfigureOptions,
): Promise<Configured> {
  const extension = await extensionNamed(connection, name)
  const input = {
    name,
    ...(assignments.length > 0 && { settings: settingsOf(assignments, extension) }),
    ...(secrets.length > 0 && { secrets }),
    expectedRevision: extension.revision,
  }
  const { extensionConfigure } = await askGateway(connection, {
    query: mutation,
    variables: { input },
    shape,
  })
  refuseUserErrors(extensionConfigure.userErrors)
  if (!extensionConfigure.extension)
    throw new CommandError(`${name} was not configured, and nothing says why.`)
  return extensionConfigure.extension
}

/** @throws CommandError when an assignment is none, or two are of one setting */
function settingsOf(
  assignments: readonly string[],
  extension: ServedExtension,
): Readonly<Record<string, unknown>> {
  const settings = new Map<string, unknown>()
  for (const assignment of assignments) {
    const [, key, text] = /^([^=]+)=([^]*)$/.exec(assignment) ?? []
    if (key === undefined || text === undefined)
      throw new CommandError(`${JSON.stringify(assignment)} is not of the form key=value.`, { exitCode: 2 })
    if (settings.has(key)) throw new CommandError(`${key} is set twice.`, { exitCode: 2 })
    settings.set(key, isText(extension, key) && text !== 'null' ? text : valueOf(text))
  }
  return Object.fromEntries(settings)
}

/** JSON where it is JSON, such as `3`, `true`, `null` and `["a"]`; the text itself otherwise. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const schemaShape = z.object({ properties: z.record(z.string(), z.object({ type: z.unknown() })) })

/** Whether the extension says that a setting is a text, so that `3` is one. */
function isText({ settingsSchema }: ServedExtension, key: string): boolean {
  const schema = schemaShape.safeParse(settingsSchema)
  return schema.success && schema.data.properties[key]?.type === 'string'
}
