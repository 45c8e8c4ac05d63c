import { z } from 'zod'
import { ask } from './ask.ts'

/** What is said of a service. */
export interface Declaration {
  readonly name: string
  readonly url: string
  /** The types of others that it adds fields to. Their key is `id`. */
  readonly merge: readonly { readonly type: string; readonly lookup: string }[]
  readonly signingSecrets: readonly string[]
}

const known = z.object({
  extensions: z.array(
    z.object({ name: z.string(), status: z.string(), remote: z.object({ url: z.string() }).nullable() }),
  ),
})

const told = z.object({ done: z.object({ userErrors: z.array(z.object({ message: z.string() })) }) })

const extensions = (endpoint: string) =>
  ask(endpoint, { query: '{ extensions { name status remote { url } } }', shape: known })

/**
 * Adds a service to a gateway, or says where it is now if it was added before. The gateway asks it for its schema.
 *
 * @throws Error with why it was refused
 */
export async function tellOfService(endpoint: string, declaration: Declaration): Promise<void> {
  const isKnown = (await extensions(endpoint)).extensions.some(({ name }) => name === declaration.name)
  const verb = isKnown ? 'Update' : 'Add'
  const query = `mutation ($input: ExtensionRemote${verb}Input!) {
    done: extensionRemote${verb}(input: $input) { userErrors { message } }
  }`
  // More than usual: all three have only just started, and on one machine.
  const variables = { input: { ...declaration, schema: null, timeoutMs: 10_000 } }
  const { done } = await ask(endpoint, { query, variables, shape: told })
  if (done.userErrors.length > 0) throw new Error(done.userErrors.map(({ message }) => message).join('\n'))
}

/** Done when the gateway asks all of them where they are now, which it does within seconds. @throws Error after a minute */
export async function untilServed(
  endpoint: string,
  services: readonly Pick<Declaration, 'name' | 'url'>[],
): Promise<void> {
  const end = Date.now() + 60_000
  for (;;) {
    const served = await extensions(endpoint)
    const running = new Map(
      served.extensions
        .filter(({ status }) => status === 'ENABLED')
        .map(({ name, remote }) => [name, remote?.url]),
    )
    if (services.every(({ name, url }) => running.get(name) === url)) return
    if (Date.now() > end)
      throw new Error(`${endpoint} does not serve ${services.map(({ name }) => name).join(' and ')}.`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
