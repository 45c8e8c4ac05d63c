import DataLoader from 'dataloader'

/** A batched read by key; the same shape as the SDK's `Loader`. */
export interface Batch<Value> {
  load(key: string): Promise<Value | null>
  loadMany(keys: readonly string[]): Promise<readonly (Value | null)[]>
}

export interface BatchOptions {
  /** Whether a key that was read is remembered. @default true */
  readonly cache?: boolean
}

/**
 * Keys asked for in the same turn go to `read` together, each once; what it finds, by key, answers them
 * in their order, `null` for the missing.
 */
export function batch<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  { cache = true }: BatchOptions = {},
): Batch<Value> {
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
