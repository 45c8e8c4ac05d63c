import type { Extension } from '@trellis/sdk'
import { NotConfigured } from '../composition/index.ts'

type Settings = Readonly<Record<string, unknown>>

/** What is wrong with a setting; an empty path is about the settings as a whole. */
export interface SettingProblem {
  readonly path: readonly string[]
  readonly message: string
}

export type ReadSettings =
  | { readonly settings: unknown; readonly problems?: never }
  | { readonly problems: readonly SettingProblem[] }

const nameOf = (segment: PropertyKey | { readonly key: PropertyKey }): string =>
  String(typeof segment === 'object' ? segment.key : segment)

/**
 * Reads what was given by the extension's own schema: checked, and with its defaults. One without settings reads none: what is
 * stored may be of another version of it, which had some.
 */
export async function readSettings({ settings }: Extension, given: Settings): Promise<ReadSettings> {
  if (settings === undefined) return { settings: undefined }
  const result = await settings['~standard'].validate(given)
  if (result.issues === undefined) return { settings: result.value }
  return { problems: result.issues.map(({ path = [], message }) => ({ path: path.map(nameOf), message })) }
}

/** What is wrong with setting something of an extension that has no settings. */
export const unknownSettings = ({ settings }: Extension, given: Settings): readonly SettingProblem[] =>
  settings === undefined
    ? Object.entries(given)
        .filter(([, value]) => value !== null)
        .map(([name]) => ({
          path: [name],
          message: 'There is no such setting: the extension has none.',
        }))
    : []

/** What settings look like, as JSON Schema 2020-12; `null` where there are none, or their schema does not say. */
export function settingsSchemaOf({ settings }: Extension): unknown {
  const standard: object | undefined = settings?.['~standard']
  const converter: unknown = standard && 'jsonSchema' in standard ? standard.jsonSchema : undefined
  if (typeof converter !== 'object' || converter === null || !('input' in converter)) return null
  const { input } = converter
  return typeof input === 'function' ? Reflect.apply(input, converter, [{ target: 'draft-2020-12' }]) : null
}

/** Says what keeps an extension from being set up, if its settings or secrets do. */
export function missingConfiguration(
  problems: readonly SettingProblem[],
  secrets: readonly string[],
): NotConfigured | null {
  const missing = [
    ...problems.map(({ path, message }) => `${['settings', ...path].join('.')}: ${message}`),
    ...secrets.map(name => `the secret ${name} is not set`),
  ]
  return missing.length === 0 ? null : new NotConfigured(`${missing.join('; ')}.`)
}
