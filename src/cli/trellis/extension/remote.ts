import { z } from 'zod'
import { askGateway, type Connection } from '../ask-gateway.ts'
import { CommandError } from '../command-error.ts'
import { extensionNamed } from '../extensions-of.ts'
import { type Planned, planShape } from './plan-shape.ts'
import { refuseUserErrors, userErrorsShape } from './user-errors.ts'

export type RemoteAction = 'add' | 'update' | 'remove'

/** What is said of a service; what is left out has its default, or stays. */
export interface RemoteWords {
  readonly name: string
  readonly url?: string
  /** SDL; `null` has the service asked for it anew. */
  readonly schema?: string | null
  /** As people say it. */
  readonly version?: string
  /** Each `Customer=id:reviewCustomers(ids:)`. */
  readonly merge?: readonly string[]
  readonly headers?: readonly string[]
  /** Coordinates of fields that agents may ask for; `*` for all. */
  readonly agentFields?: readonly string[]
  readonly signingSecrets?: readonly string[]
  readonly timeoutMs?: number
}

const shape = z.object({
  done: z.object({ plan: planShape.nullable(), userErrors: userErrorsShape }),
})

const mutations = { add: 'Add', update: 'Update', remove: 'Remove' } as const

/**
 * Asks what adding, changing or removing a service would do.
 *
 * @throws CommandError when it is refused
 */
export async function planRemote(
  connection: Connection,
  action: RemoteAction,
  { merge, agentFields, ...words }: RemoteWords,
): Promise<Planned> {
  const input = {
    ...words,
    ...(merge && { merge: merge.map(mergeOf) }),
    ...(agentFields && { permissions: [{ role: 'AGENT', fields: agentFields }] }),
    ...(action !== 'add' && { expectedRevision: (await extensionNamed(connection, words.name)).revision }),
  }
  const mutation = `extensionRemote${mutations[action]}`
  const send = async (isDryRun: boolean) => {
    const query = `mutation ($input: ExtensionRemote${mutations[action]}Input!) ${isDryRun ? '@dryRun ' : ''}{
      done: ${mutation}(input: $input) {
        plan { added { coordinate } removed { coordinate } breaking { code message isBreaking } }
        userErrors { code message path }
      }
    }`
    const { done } = await askGateway(connection, { query, variables: { input }, shape })
    refuseUserErrors(done.userErrors)
    if (!done.plan) throw new CommandError(`${words.name} was not changed, and nothing says why.`)
    return done.plan
  }
  return { plan: await send(true), carryOut: async () => void (await send(false)) }
}

/** @throws CommandError when it is of another form */
function mergeOf(text: string): { readonly type: string; readonly key: string; readonly lookup: string } {
  const [, type, key, lookup] = /^([^=\s]+)=([^:\s]+):(\S+\(.*\))$/.exec(text) ?? []
  if (type === undefined || key === undefined || lookup === undefined)
    throw new CommandError(
      `${JSON.stringify(text)} is not of the form Type=key:lookup(argument:), such as Customer=id:reviewCustomers(ids:).`,
      { exitCode: 2 },
    )
  return { type, key, lookup }
}
