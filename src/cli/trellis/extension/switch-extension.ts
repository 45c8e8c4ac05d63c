import { z } from 'zod'
import { askGateway, type Connection } from '../ask-gateway.ts'
import { CommandError } from '../command-error.ts'
import { extensionNamed } from '../extensions-of.ts'
import { type Plan, type Planned, planShape } from './plan-shape.ts'
import { refuseUserErrors, userErrorsShape } from './user-errors.ts'

export type Action = 'enable' | 'disable'

const shape = z.object({
  done: z.object({
    extension: z.object({ isEnabled: z.boolean(), revision: z.number() }).nullable(),
    plan: planShape.nullable(),
    userErrors: userErrorsShape,
  }),
})

/**
 * Asks what switching an extension on or off would do.
 *
 * @throws CommandError when it is refused
 */
export async function planSwitch(connection: Connection, action: Action, name: string): Promise<Planned> {
  const { revision } = await extensionNamed(connection, name)
  const send = async (isDryRun: boolean): Promise<Plan> => {
    const upper = action === 'enable' ? 'Enable' : 'Disable'
    const query = `mutation ($input: Extension${upper}Input!) ${isDryRun ? '@dryRun ' : ''}{
      done: extension${upper}(input: $input) {
        extension { isEnabled revision }
        plan { added { coordinate } removed { coordinate } breaking { code message isBreaking } }
        userErrors { code message path }
      }
    }`
    const variables = { input: { name, expectedRevision: revision } }
    const { done } = await askGateway(connection, { query, variables, shape })
    refuseUserErrors(done.userErrors)
    if (!done.plan) throw new CommandError(`${name} was not ${action}d, and nothing says why.`)
    return done.plan
  }
  return { plan: await send(true), carryOut: async () => void (await send(false)) }
}
