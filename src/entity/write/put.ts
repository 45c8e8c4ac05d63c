import { type UserError, UserErrors } from '@trellis/sdk'
import { run, sql } from '../sql/statement.ts'
import { type Draft, findByError } from './draft.ts'
import { recordEvents } from './outbox.ts'
import { store } from './store.ts'
import type { Writing } from './writing.ts'

/** Drafts that are left, and why others are not. */
export interface Sifted {
  readonly passed: ReadonlySet<Draft>
  readonly userErrors: readonly UserError[]
}

/**
 * Writes drafts that passed every check, what follows from them, and word of them in the outbox.
 *
 * @throws UserErrors when the database or an effect refuses one
 */
export async function putAll(writing: Writing, passed: ReadonlySet<Draft>): Promise<Sifted> {
  const drafts = [...passed]
  if (drafts.length > 0) {
    await store(writing, drafts)
    for (const effect of writing.hooks.effects) await effect(drafts, writing.context)
    await recordEvents(writing, drafts)
  }
  return { passed, userErrors: [] }
}

/**
 * The same without those drafts that an effect refuses, such as an order for one of the lines that come with it: what was
 * written is taken back, and written again without them. Effects tell all that they refuse at once, so that there
 * are hardly ever more than two turns.
 *
 * @throws UserErrors that name none of the drafts
 */
export async function putSome(writing: Writing, drafts: ReadonlySet<Draft>): Promise<Sifted> {
  if (writing.hooks.effects.length === 0) return putAll(writing, drafts)
  const database = writing.context.database()
  const passed = new Set(drafts)
  const userErrors: UserError[] = []
  while (passed.size > 0) {
    await run(database, sql`savepoint put`)
    const refused = await refusalOf(() => putAll(writing, passed))
    if (!refused) {
      await run(database, sql`release savepoint put`)
      break
    }
    const draftsOf = findByError([...passed])
    if (refused.userErrors.some(error => draftsOf(error).length === 0)) throw refused
    await run(database, sql`rollback to savepoint put`)
    userErrors.push(...refused.userErrors)
    for (const error of refused.userErrors) for (const draft of draftsOf(error)) passed.delete(draft)
  }
  return { passed, userErrors }
}

async function refusalOf(work: () => Promise<unknown>): Promise<UserErrors | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof UserErrors) return error
    throw error
  }
}
