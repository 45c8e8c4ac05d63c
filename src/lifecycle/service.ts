import { type DataContext, type Extension, type UserError, UserErrors } from '@trellis/sdk'
import type { Sealer } from '../lib/seal.ts'
import { composedOrRefused, standingUnder } from './composed-or-refused.ts'
import { assertNobodyDependsOn, createDeciding, type LifecycleOptions, refuse } from './deciding.ts'
import type { StoredDecision } from './decisions.ts'
import { type Decided, extensionIn, noChange, planOf } from './plan.ts'
import { createRemoteService, type RemoteService } from './remotes/remote-service.ts'
import { secretPlace } from './secret-place.ts'
import { readSettings, unknownSettings } from './settings.ts'

export interface ConfigureInput {
  readonly name: string
  /** Each replaces what was set; `null` takes one back to its default. */
  readonly settings?: Readonly<Record<string, unknown>> | null
  /** Each replaces what was set; `null` forgets it. */
  readonly secrets?: readonly { readonly name: string; readonly value?: string | null }[] | null
  readonly expectedRevision?: number | null
}

export interface SwitchInput {
  readonly name: string
  readonly expectedRevision?: number | null
}

/** What an administrator decides about extensions. Every replica follows, in the order of decisions. */
export interface LifecycleService extends RemoteService {
  /**
   * @throws UserErrors when the input is refused; nothing changes then
   * @throws TrellisError `FORBIDDEN`
   */
  configure(input: ConfigureInput): Promise<Decided>
  /** As `configure`. Refused, too, where it does not fit the others. */
  enable(input: SwitchInput): Promise<Decided>
  /** As `configure`. Refused, too, while others that are enabled depend on it, and by what it says itself. */
  disable(input: SwitchInput): Promise<Decided>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly extensions: LifecycleService
  }
}

/** Of a secret's value, in characters. */
const longestSecret = 10_000

/** The writes of the extensions' life cycle. */
export const lifecycleService =
  (options: LifecycleOptions) =>
  (context: DataContext): LifecycleService => {
    const { current, prepare, sealer, beforeDisable } = options
    const deciding = createDeciding(options, context)

    /** What stands, once nobody else decides anything, and the extension that it is to be changed for. */
    const begin = async (input: SwitchInput) => {
      deciding.assertMayDecide()
      const { name } = input
      const begun = await deciding.begin(input)
      const isIt = (one: { readonly name: string }) => one.name === name
      // One that was added a moment ago may not be served yet.
      const { extensions } = current().extensions.some(isIt)
        ? current()
        : standingUnder(begun.decisions, options)
      const extension = extensions.find(isIt)
      if (!extension) {
        const names = extensions.map(one => one.name).join(', ')
        throw refuse(
          'NOT_FOUND',
          `There is no extension ${JSON.stringify(name.slice(0, 60))}; there are ${names || 'none'}.`,
          ['name'],
        )
      }
      return { extension, ...begun }
    }

    const turn = async (input: SwitchInput, isEnabled: boolean): Promise<Decided> => {
      const { extension, decisions, before } = await begin(input)
      if (before.isEnabled === isEnabled) return { extension, plan: noChange }
      const { name } = extension
      const standing = standingUnder(decisions, options)
      if (!isEnabled) assertNobodyDependsOn(name, standing)
      const decision = { ...before, isEnabled, revision: before.revision + 1 }
      const prepared = composedOrRefused(new Map(decisions).set(name, decision), {
        prepare,
        standing,
        partOf: () => 'name',
      })
      if (!isEnabled) await beforeDisable(extension, context)
      await deciding.decide(name, decision)
      return { extension: extensionIn(prepared, name), plan: planOf(standing, prepared) }
    }

    return {
      ...createRemoteService(options, context),
      enable: input => turn(input, true),
      disable: input => turn(input, false),

      async configure(input) {
        const { extension, before } = await begin(input)
        const { name } = extension
        const settings = changedSettings(before.settings, input.settings ?? {})
        const secrets = changedSecrets(extension, before.secrets, input.secrets ?? [], sealer)
        const read = await readSettings(extension.extension, settings)
        const problems = [
          ...[...unknownSettings(extension.extension, input.settings ?? {}), ...(read.problems ?? [])].map(
            ({ path, message }): UserError => ({
              code: 'INVALID_SETTING',
              message: `${['settings', ...path].join('.')}: ${message}`,
              path: ['input', 'settings', ...path],
            }),
          ),
          ...secrets.problems,
        ]
        if (problems.length > 0) throw new UserErrors(problems)
        const decision: StoredDecision = {
          ...before,
          settings,
          secrets: secrets.sealed,
          secretNames: Object.keys(secrets.sealed).toSorted(),
          revision: before.revision + 1,
        }
        await deciding.decide(name, decision)
        return { extension: { ...extension, decision }, plan: noChange }
      },
    }
  }

const changedSettings = (
  before: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null))

function changedSecrets(
  { name, extension: { secrets: names = [] } }: { readonly name: string; readonly extension: Extension },
  before: Readonly<Record<string, string>>,
  given: NonNullable<ConfigureInput['secrets']>,
  sealer: Sealer | null,
): { readonly sealed: Readonly<Record<string, string>>; readonly problems: readonly UserError[] } {
  const sealed: Record<string, string> = { ...before }
  const problems: UserError[] = []
  for (const [index, secret] of given.entries()) {
    const problem = (code: string, message: string, field: string) =>
      problems.push({ code, message, path: ['input', 'secrets', String(index), field] })
    const { value = null } = secret
    if (!names.includes(secret.name))
      problem(
        'NOT_FOUND',
        `${name} has no secret ${JSON.stringify(secret.name.slice(0, 60))}; it has ${names.join(', ') || 'none'}.`,
        'name',
      )
    else if (value === null) delete sealed[secret.name]
    else if (value === '' || value.length > longestSecret)
      problem(
        value === '' ? 'REQUIRED' : 'TOO_LONG',
        `${secret.name} has ${value.length} characters; it may have 1 to ${longestSecret}.`,
        'value',
      )
    else if (sealer === null)
      problem(
        'SECRETS_UNAVAILABLE',
        'This installation has no key to seal secrets with: set TRELLIS_ENCRYPTION_KEYS and start again.',
        'value',
      )
    else sealed[secret.name] = sealer.seal(value, secretPlace(name, secret.name))
  }
  return { sealed, problems }
}
