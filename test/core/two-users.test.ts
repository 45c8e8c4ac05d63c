import { setTimeout } from 'node:timers/promises'
import { type Answer, textAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { questions } from './fixtures/questions.ts'
import { type KnownRecords, makeRecordsOfAll } from './fixtures/records-of-all.ts'
import { type Person, people, startForThreeUsers, type ThreeUsers } from './fixtures/three-users.ts'

let users: ThreeUsers
let records: KnownRecords
beforeAll(async () => {
  users = await startForThreeUsers()
  records = await makeRecordsOfAll(users)
})
afterAll(() => users[Symbol.asyncDispose]())

interface Asked {
  readonly as: Person
  readonly question: string
  /** Whose records, and which ones, by their places in the fixture. */
  readonly owner: Person
  readonly record: number
  /** Milliseconds after the first. */
  readonly delay: number
}

const asked: fc.Arbitrary<Asked> = fc.record({
  as: fc.constantFrom(...people),
  question: fc.constantFrom(...Object.values(questions)),
  owner: fc.constantFrom(...people),
  record: fc.nat(8),
  delay: fc.nat(4),
})

const ask = ({ as, question, owner, record }: Asked): Promise<Answer> =>
  users.ask(as, question, {
    owner: users.ids[owner],
    id: records.customers[record],
    ids: records.opportunities.slice(record),
  })

/** The ids of all owners that an answer names, wherever they stand. */
function ownersIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'owner' && inner !== null ? [textAt(inner, 'id')] : ownersIn(inner),
  )
}

test('whoever asks at the same time, each is answered as if alone, and no agent sees what is not their own', async () => {
  const alone = new Map<string, Answer>()
  const answerAlone = async (one: Asked): Promise<Answer> => {
    const key = JSON.stringify({ ...one, delay: 0 })
    const answer = alone.get(key) ?? (await ask(one))
    alone.set(key, answer)
    return answer
  }
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 10 }), async all => {
      const expected: Answer[] = []
      for (const one of all) expected.push(await answerAlone(one))
      const together = await Promise.all(all.map(one => setTimeout(one.delay).then(() => ask(one))))
      expect(together).toEqual(expected)
      const others = all.flatMap(({ as }, index) =>
        as === 'ada' ? [] : ownersIn(together[index]).filter(id => id !== users.ids[as]),
      )
      expect(others).toEqual([])
    }),
    { numRuns: 60 },
  )
  expect([...users.ways].toSorted()).toEqual(['answered', 'compiled', 'interpreted'])
})

test('all three asking the same with the same variables get three answers', async () => {
  for (const question of Object.values(questions))
    for (const owner of people) {
      const one = { question, owner, record: 4, delay: 0 }
      const alone: Answer[] = []
      for (const as of people) alone.push(await ask({ ...one, as }))
      expect(await Promise.all(people.map(as => ask({ ...one, as })))).toEqual(alone)
    }
})

test('what an agent sees is less than what the administrator sees', async () => {
  const totals = people.map(async as => (await users.ask(as, '{ customers { totalCount } }')).data)
  expect(await Promise.all(totals)).toEqual([9, 3, 3].map(totalCount => ({ customers: { totalCount } })))
})
