import type { Facts } from '../data/facts.ts'

export const scenarioNames = [
  'nested',
  'byId',
  'list',
  'firstPage',
  'deepPage',
  'extensionFields',
  'withoutRemote',
  'remote',
  'create',
  'bulkUpsert',
  'aggregate',
] as const

export type ScenarioName = (typeof scenarioNames)[number]

/** A POST of JSON. */
export interface HttpRequest {
  /** @default the path of the server's address */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** How a contender is asked for a scenario. */
export interface Asking {
  /** The n-th request of a run; the same each time unless the scenario writes. */
  readonly request: (n: number) => HttpRequest
  /**
   * The answer in the scenario's own words, so that it can be compared with plain SQL's.
   *
   * @throws Error when it is not an answer
   */
  readonly read: (body: unknown) => unknown
}

export type Askings = Partial<Readonly<Record<ScenarioName, Asking>>>

/** A process of its own that prints `{"url":"…"}` once it listens. */
export interface Server {
  readonly file: string
  readonly environment?: Readonly<Record<string, string>>
}

/** A server that is measured. */
export interface Contender {
  /** Short, such as `mercurius`. */
  readonly name: string
  /** With what matters of its making, such as `Mercurius 16.2, JIT and loaders over Prisma`. */
  readonly label: string
  readonly server: Server
  /** Servers that it asks in turn and that nobody measures, by the variable that it finds the address of each in. */
  readonly asks?: Readonly<Record<string, Server>>
  /** What it can be asked; a scenario that is missing is one that it has no documented way for. */
  readonly askings: (facts: Facts, url: string) => Promise<Askings>
}
