import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

export interface Review {
  readonly id: string
  readonly customerId: string
  readonly productId: string
  /** From 1 to 5. */
  readonly stars: number
  readonly text: string
  /** ISO 8601. */
  readonly createdAt: string
}

export interface Store extends Disposable {
  add(review: Omit<Review, 'id' | 'createdAt'>): Review
  /** The newest first. */
  latest(first: number): readonly Review[]
  of(column: 'customerId' | 'productId', id: string, first: number): readonly Review[]
  /** The mean; null while there is none. */
  starsOf(productId: string): number | null
}

const table = `
  create table if not exists review (
    number integer primary key, id text not null unique, customerId text not null, productId text not null,
    stars integer not null check (stars between 1 and 5), text text not null, createdAt text not null
  );
  create index if not exists reviewByCustomer on review (customerId, number);
  create index if not exists reviewByProduct on review (productId, number);
`

const columns = 'id, customerId, productId, stars, text, createdAt'

type Row = Record<string, unknown>

const reviewOf = (row: Row): Review => ({
  id: String(row['id']),
  customerId: String(row['customerId']),
  productId: String(row['productId']),
  stars: Number(row['stars']),
  text: String(row['text']),
  createdAt: String(row['createdAt']),
})

/** Reviews in an SQLite file of the service's own. */
export function openStore(file: string): Store {
  const database = new DatabaseSync(file)
  database.exec('pragma journal_mode = wal')
  database.exec(table)
  const insert = database.prepare(`insert into review (${columns}) values (?, ?, ?, ?, ?, ?)`)
  const latest = database.prepare(`select ${columns} from review order by number desc limit ?`)
  const by = {
    customerId: database.prepare(
      `select ${columns} from review where customerId = ? order by number desc limit ?`,
    ),
    productId: database.prepare(
      `select ${columns} from review where productId = ? order by number desc limit ?`,
    ),
  }
  const mean = database.prepare('select avg(stars) as stars from review where productId = ?')
  return {
    add: ({ customerId, productId, stars, text }) => {
      const review = {
        id: `rev_${randomUUID()}`,
        customerId,
        productId,
        stars,
        text,
        createdAt: new Date().toISOString(),
      }
      insert.run(review.id, customerId, productId, stars, text, review.createdAt)
      return review
    },
    latest: first => latest.all(first).map(reviewOf),
    of: (column, id, first) => by[column].all(id, first).map(reviewOf),
    starsOf: productId => {
      const stars = mean.get(productId)?.['stars']
      return typeof stars === 'number' ? stars : null
    },
    [Symbol.dispose]: () => database.close(),
  }
}
