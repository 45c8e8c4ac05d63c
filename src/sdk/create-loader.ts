import DataLoader from 'dataloader'
import type { Loader } from './loader.ts'

export interface LoaderOptions {
  /** Whether a key that was read is remembered for the rest of the request. @default true */
  readonly cache?: boolean
}

/**
 * A batched read: keys asked for in the same turn go to `read` together, each once; what it finds, by key,
 * answers them in their order, `null` for the missing. Make it per request, never per process.
 */
export function createLoader<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  { cache = true }: LoaderOptions = {},
): Loader<string, Value> {
  const loader = new DataLoader<string, Value | null>(
    async keys => {
      const found = await read([...new Set(keys)])
      return keys.map(key => found.get(key) ?? null)
    },
    { cache },
  )
  return {
    load: key => loader.load(key),
    loadMany: keys => Promise.all(keys.map(key => loader.load(key))),
  }
}
