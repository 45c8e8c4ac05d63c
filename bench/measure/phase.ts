import type { Askings, Contender, Server } from '../contenders/contender.ts'
import type { Facts } from '../data/facts.ts'
import { type RunningServer, startServer } from './server.ts'
import { peakMemoryOf } from './usage.ts'

/** A contender that runs, with all that it can be asked. */
export interface Ready {
  readonly contender: Contender
  readonly server: RunningServer
  readonly askings: Askings
}

/** Contenders that run at the same time. */
export interface Phase extends AsyncDisposable {
  readonly ready: readonly Ready[]
  /** The most memory that each has had so far, by name; MiB. */
  readonly peakMemory: () => ReadonlyMap<string, number>
}

/** @throws Error with what a server said last, when it does not come up */
export async function startPhase(
  contenders: readonly Contender[],
  { url, facts, say }: { readonly url: string; readonly facts: Facts; readonly say: (line: string) => void },
): Promise<Phase> {
  await using starting = new AsyncDisposableStack()
  const servers = new Map<string, RunningServer>()
  const ready: Ready[] = []
  // Contenders that differ only in what they are asked share a process, and so do those that ask the same server.
  const start = async (
    name: string,
    server: Server,
    asks: Contender['asks'] = {},
  ): Promise<RunningServer> => {
    const environment: Record<string, string> = {}
    for (const [variable, asked] of Object.entries(asks))
      environment[variable] = (await start(`${name}, ${variable}`, asked)).url
    const key = JSON.stringify([server, environment])
    const running = servers.get(key) ?? (await startServer({ name, server }, url, environment))
    if (!servers.has(key)) starting.defer(() => running.stop())
    servers.set(key, running)
    return running
  }
  for (const contender of contenders) {
    const server = await start(contender.name, contender.server, contender.asks)
    ready.push({ contender, server, askings: await contender.askings(facts, server.url) })
    say(`${contender.name} listens`)
  }
  const started = starting.move()
  return {
    ready,
    peakMemory: () =>
      new Map(ready.map(({ contender, server }) => [contender.name, peakMemoryOf(server.pid)])),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
