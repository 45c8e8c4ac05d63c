import { setTimeout as pause } from 'node:timers/promises'
import { defineExtension, type Extension, field } from '@trellis/sdk'
import { intFaults } from '../../../test/faults/faulty.ts'

/** Under the deadline of an extension, which is 500 ms. */
const slowMs = 400

const megabytes50 = 50 * 2 ** 20

/** What an author in JavaScript answers: nobody has checked it. */
const untyped = (value: unknown): readonly unknown[] =>
  Reflect.apply((passed: readonly unknown[]) => passed, undefined, [value])

/** What costs the whole process, so that it is done in one of its own only. */
const ruin: Readonly<Record<string, () => unknown>> = {
  'blocks its loop'() {
    for (;;);
  },
  'exhausts memory'() {
    const kept: unknown[] = []
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })))
  },
  exits: () => process.exit(1),
}

/** Does wrong what it is asked to, by the names of intFaults or of ruin, is slow, or sound. */
export const mischief = (options: { readonly isolation?: 'process' } = {}): Extension => ({
  ...defineExtension({
    typeDefs: `
      extend type Customer {
        "Goes wrong." mischief("In which way." how: String!): Int
        "May be too long." mischiefText("In which way." how: String!): String
      }`,
    fields: {
      Customer: {
        mischief: field<'Customer', 'id', { readonly how: string }>({
          requires: ['id'],
          batch: async (parents, { how }) => {
            if (options.isolation) ruin[how]?.()
            if (how === 'is slow') await pause(slowMs)
            return untyped(intFaults[how]?.(parents) ?? parents.map(() => 1))
          },
        }),
        mischiefText: field<'Customer', 'id', { readonly how: string }>({
          requires: ['id'],
          batch: (parents, { how }) =>
            parents.map(() => (how === 'answers 50 MB' ? 'x'.repeat(megabytes50) : 'sound')),
        }),
      },
    },
  }),
  name: 'mischief',
  version: '1.0.0',
  ...options,
})

/** By this name its process finds it. */
export const isolatedMischief = mischief({ isolation: 'process' })
