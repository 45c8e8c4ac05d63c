import type { Kysely } from 'kysely'
import type { Prisma } from '../../generated/prisma/client.ts'
import { lowerFirst } from '../naming.ts'
import type { Row } from '../page.ts'
import { bulkInsert } from './bulk-insert.ts'

/** The writes that the generic part needs, by the model's name. */
export interface ModelWriter {
  create(model: string, rows: readonly Row[]): Promise<void>
  update(model: string, id: string, values: Row): Promise<void>
}

interface Delegate {
  create(options: { data: Row; select: { id: true } }): Promise<unknown>
  updateMany(options: { where: { id: string }; data: Row }): Promise<unknown>
}

/** Both on the same connection: inside a mutation, its transaction. */
export interface ModelWriterOptions {
  readonly prisma: Prisma.TransactionClient
  readonly sql: Kysely<unknown>
}

/**
 * Writes through Prisma's models, and many rows at once by one statement beside them. Prisma's types know
 * each model apart; what is generic knows an entity's name only, so its types end here. A test holds the
 * SDL against the tables.
 */
export function createModelWriter({ prisma, sql }: ModelWriterOptions): ModelWriter {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
  const delegates = prisma as unknown as Readonly<Record<string, Delegate | undefined>>
  const delegateOf = (model: string): Delegate => {
    const delegate = delegates[lowerFirst(model)]
    if (!delegate)
      throw new Error(`There is no Prisma model ${model}; run npm run generate after adding one.`)
    return delegate
  }
  return {
    async create(model, rows) {
      const [first, ...others] = rows
      if (!first) return
      if (others.length > 0) await bulkInsert(sql, model, rows)
      else await delegateOf(model).create({ data: first, select: { id: true } })
    },
    async update(model, id, values) {
      await delegateOf(model).updateMany({ where: { id }, data: values })
    },
  }
}
