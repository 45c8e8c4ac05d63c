/** A value as it is stored. */
export interface StoredValue<Value = unknown> {
  readonly key: string
  readonly value: Value
  /** 1 for a new one; one more each time it is set. */
  readonly version: number
  readonly updatedAt: Date
}

export interface StoredValues<Value = unknown> {
  /** In the order of their keys' bytes. */
  readonly items: readonly StoredValue<Value>[]
  /** What to pass as `after` for those that follow; `null` when there are none. */
  readonly endCursor: string | null
}

/**
 * Values of an extension that needs no table: JSON of 64 KiB at most, by keys of 1 to 200 characters. Inside a mutation
 * they are part of its transaction. Of what type a value is, whoever stored it knows.
 */
export interface Store<Entity = string> {
  /** `null` when there is none. */
  get<Value = unknown>(key: string): Promise<Value | null>
  /** The value with its version; `null` when there is none. */
  load<Value = unknown>(key: string): Promise<StoredValue<Value> | null>
  /** Puts it in the place of what was there. Answers its version. @throws Error when key or value is too large */
  set(key: string, value: unknown): Promise<number>
  /** Sets it only if what is there has this version, 0 for nothing. Answers whether it did. */
  compareAndSet(key: string, value: unknown, version: number): Promise<boolean>
  /** Answers whether there was one. */
  delete(key: string): Promise<boolean>
  /** Values whose keys begin with the prefix, 1 to 1,000 at once. @default 100 */
  list<Value = unknown>(
    prefix: string,
    options?: { readonly first?: number; readonly after?: string | null },
  ): Promise<StoredValues<Value>>
  /** Values about records of an entity, under one key for each. @default 'value' */
  of(entity: Entity, key?: string): EntityStore
}

/** Values about records: those asked for in one turn are one statement. Records that are merged keep one value: of the one that stays, else the newest. */
export interface EntityStore {
  /** `null` when there is none. */
  load<Value = unknown>(id: string): Promise<Value | null>
  /** In the order of the ids, `null` for the missing. */
  loadMany<Value = unknown>(ids: readonly string[]): Promise<readonly (Value | null)[]>
  set(id: string, value: unknown): Promise<void>
  /** Sets many, by id, in one statement. */
  setMany(values: ReadonlyMap<string, unknown>): Promise<void>
  /** Answers whether there was one. */
  delete(id: string): Promise<boolean>
}
