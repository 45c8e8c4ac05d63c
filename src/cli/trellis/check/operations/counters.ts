import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { BatchField, Extension } from '@trellis/sdk'

/** How often each thing was done, by what it is: a statement, a batch field, an address. */
export type Counts = ReadonlyMap<string, number>

/** Counts what a query causes. */
export interface Counters extends Disposable {
  /** Told of each SQL statement. */
  readonly observe: (statement: string) => void
  /** The extension, whose calls are counted. */
  readonly counted: (extension: Extension) => Extension
  /** What the work caused. Works follow each other. */
  readonly during: (work: () => Promise<unknown>) => Promise<Counts>
}

/** Where Node's own `fetch` and the package undici tell of each request. */
const channel = 'undici:request:create'

export function createCounters(): Counters {
  let counts = new Map<string, number>()
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)
  const onRequest = (message: unknown): void => {
    const { request }: { request?: { method?: unknown; origin?: unknown; path?: unknown } } = Object(message)
    const path = String(request?.path).split('?')[0]
    count(`request ${String(request?.method)} ${String(request?.origin)}${path}`)
  }
  subscribe(channel, onRequest)

  const countedField = (coordinate: string, { requires, batch }: BatchField): BatchField<never> => ({
    kind: 'batch',
    requires,
    batch: (...call) => {
      count(`call of ${coordinate}`)
      return batch(...call)
    },
  })
  return {
    observe: statement => count(`statement ${shapeOf(statement)}`),
    counted: extension => ({
      ...extension,
      fields: Object.fromEntries(
        Object.entries(extension.fields ?? {}).map(([type, fields]) => [
          type,
          Object.fromEntries(
            Object.entries(fields).map(([name, field]) => [name, countedField(`${type}.${name}`, field)]),
          ),
        ]),
      ),
    }),
    async during(work) {
      counts = new Map()
      await work()
      return counts
    },
    [Symbol.dispose]: () => void unsubscribe(channel, onRequest),
  }
}

/** Statements that differ in values, or in how many there are, are one. */
const shapeOf = (statement: string): string =>
  statement
    .replaceAll(/'(?:[^']|'')*'/g, "'…'")
    .replaceAll(/\$\d+/g, '$')
    .replaceAll(/\(\$(?:, ?\$)*\)/g, '($…)')
    .replaceAll(/\b\d+\b/g, '0')
    .replaceAll(/\s+/g, ' ')
    .trim()
