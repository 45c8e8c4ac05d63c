import { z } from 'zod'
import { askGateway, type Connection } from './ask-gateway.ts'
import { CommandError } from './command-error.ts'

const shape = z.object({
  extensions: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      status: z.string(),
      description: z.string().nullable(),
      isEnabled: z.boolean(),
      revision: z.number(),
      /** Null for those who may not see them. */
      settings: z.record(z.string(), z.unknown()).nullable(),
      settingsSchema: z.record(z.string(), z.unknown()).nullable(),
      secrets: z.array(z.object({ name: z.string(), isSet: z.boolean() })),
      owns: z.array(z.object({ coordinate: z.string() })),
      problems: z.array(
        z.object({
          code: z.string(),
          severity: z.string(),
          coordinate: z.string().nullable(),
          message: z.string(),
          fix: z.string(),
        }),
      ),
    }),
  ),
})

/** An extension as a gateway says it is. */
export type ServedExtension = z.infer<typeof shape>['extensions'][number]

const query = `{
  extensions {
    name version status description isEnabled revision settings settingsSchema
    secrets { name isSet } owns { coordinate } problems { code severity coordinate message fix }
  }
}`

/** All that are installed. @throws CommandError when they are not answered */
export const extensionsOf = async (connection: Connection): Promise<readonly ServedExtension[]> =>
  (await askGateway(connection, { query, shape })).extensions

/** @throws CommandError when there is none of that name */
export async function extensionNamed(connection: Connection, name: string): Promise<ServedExtension> {
  const extensions = await extensionsOf(connection)
  const found = extensions.find(extension => extension.name === name)
  if (found) return found
  const names = extensions.map(extension => extension.name).join(', ') || 'none'
  throw new CommandError(
    `There is no extension ${JSON.stringify(name)} at ${connection.url}; there are: ${names}.`,
  )
}
