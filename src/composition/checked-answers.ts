import { isThenable } from '../lib/thenable.ts'

/**
 * What a batch answered, one item a parent; items that failed are errors. Promises among the items are
 * awaited, as `parents.map(async …)` makes them.
 *
 * @throws Error when it is not a list of one item a parent
 */
export function checkedAnswers(
  answers: unknown,
  expected: number,
): readonly unknown[] | Promise<readonly unknown[]> {
  if (!Array.isArray(answers))
    throw new WrongAnswer(expected, `answered ${kindOf(answers)}, which is not a list`)
  if (answers.length !== expected) throw new WrongAnswer(expected, `answered ${answers.length} items`)
  const items: readonly unknown[] = answers
  if (!items.some(isThenable)) return items
  return Promise.allSettled(items).then(settled =>
    settled.map(item => (item.status === 'fulfilled' ? item.value : asError(item.reason))),
  )
}

/** The author's mistake, which clients may be told: it says nothing of the data. */
export class WrongAnswer extends Error {
  constructor(expected: number, says: string) {
    super(
      `batch was given ${expected} parents and ${says}; it has to answer one item a parent, in their order`,
    )
    this.name = 'WrongAnswer'
  }
}

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value)

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('an item of batch was rejected', { cause: thrown })
