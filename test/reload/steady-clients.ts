import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Clients that ask one after the other, each on a connection that it keeps, and try nothing again. */
export interface SteadyClients {
  /** Resolves once so many more requests were answered. */
  readonly answered: (more: number) => Promise<void>
  /** Ends them, and answers how all their requests went. */
  readonly stop: () => Promise<{ readonly answered: number; readonly failures: readonly string[] }>
}

export interface SteadyClientsOptions {
  readonly url: string
  readonly key: string
  /** @default '{ customers(first: 2) { totalCount } }' */
  readonly query?: string
  /** Milliseconds from an answer to the next request, for each client. */
  readonly pauses: readonly number[]
}

export function startSteadyClients({
  url,
  key,
  query = '{ customers(first: 2) { totalCount } }',
  pauses,
}: SteadyClientsOptions): SteadyClients {
  const failures: string[] = []
  let answered = 0
  let isOver = false
  const body = JSON.stringify({ query })

  const ask = async (agent: Agent): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const outgoing = request(`${url}/graphql`, { method: 'POST', agent, headers })
    try {
      outgoing.end(body)
      const [response]: IncomingMessage[] = await once(outgoing, 'response')
      const text = ((await response?.toArray()) ?? []).join('')
      if (response?.statusCode === 200 && text.startsWith('{"data":{')) answered += 1
      else failures.push(`${response?.statusCode} ${text}`)
    } catch (error) {
      failures.push(String(error))
    }
  }

  const clients = pauses.map(async pause => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- stop changes it
    while (!isOver) {
      await ask(agent)
      await sleep(pause)
    }
    agent.destroy()
  })
  return {
    async answered(more) {
      const enough = answered + more
      const isEnough = (): boolean => answered >= enough || failures.length > 0
      while (!isEnough()) await sleep(10)
    },
    async stop() {
      isOver = true
      await Promise.all(clients)
      return { answered, failures }
    },
  }
}
