/** Which rows of an entity a viewer reaches; `database` conditions are made from it. */
export type RowScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  /** Rows whose `ownerId` is one of these users. */
  | { readonly kind: 'owned'; readonly userIds: readonly string[] }
  /** Rows that name one of these users in the column `key`, such as an approval whoever is to decide. */
  | { readonly kind: 'naming'; readonly key: string; readonly userIds: readonly string[] }
  /** Rows that living rows of this status in the scope `by` point to by their column `key`, such as an order that waits for an approval. */
  | { readonly kind: 'pointedTo'; readonly key: string; readonly by: ReadRight; readonly status: string }
  /** Rows in one scope or another. */
  | { readonly kind: 'anyOf'; readonly scopes: readonly RowScope[] }
  /** Rows of a part, such as an order line: those whose whole is in scope. */
  | { readonly kind: 'partOf'; readonly key: string; readonly whole: ReadRight }
  /** Rows that records of another entity link, by its `key`, to a record in scope, by its `to`: activities by their targets. */
  | {
      readonly kind: 'linked'
      readonly entity: string
      readonly key: string
      readonly to: string
      readonly wholes: readonly ReadRight[]
    }
  /** Rows of a part whose whole may be one of several entities, such as a note: those whose whole is in scope. */
  | { readonly kind: 'partOfAny'; readonly key: string; readonly wholes: readonly ReadRight[] }

/** The right to read an entity: every loader, list, search and aggregate takes one first. */
export interface ReadRight {
  readonly entity: string
  readonly rows: RowScope
  /** Stored fields that may be selected, filtered, sorted and grouped by. */
  readonly fields: ReadonlySet<string> | 'all'
}

export type WriteAction = 'create' | 'update' | 'delete' | 'restore'

/** The row that a write is about, as far as rights look at it; absent for a right on the entity as such. */
export interface WriteSubject {
  readonly entity: string
  readonly ownerId?: string | null
}

/** What the viewer may do, as data. */
export interface Rights {
  read(entity: string): ReadRight
  /** @throws TrellisError `FORBIDDEN` */
  assert(action: WriteAction, subject: WriteSubject): void
}
