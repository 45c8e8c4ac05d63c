import { listAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startThreeFields, type ThreeFields, threeFields } from './fixtures/three-fields.ts'

let place: ThreeFields
let customers: readonly string[]
beforeAll(async () => {
  place = await startThreeFields()
  customers = [...(await place.createCustomers(500)), ...(await place.createCustomers(500))]
})
afterAll(() => place[Symbol.asyncDispose]())

/** The fourth time it is answered from the socket. */
const times = [1, 2, 3, 4]
const query = `query ($ids: [ID!]!) { customersByIds(ids: $ids) { id ${threeFields.join(' ')} } }`

test.each([1, 100, 1000])(
  'three fields of extensions, one of them in another process, are one call each for %i customers',
  async amount => {
    const ids = customers.slice(0, amount)
    const answers = (id: string) => `${place.gateway.userIds.administrator} ${id}`
    for (const _ of times) {
      place.localCalls()
      await place.remoteCalls()
      let records: readonly unknown[] = []
      const statements = await place.gateway.statementsOf(async () => {
        const { data, errors } = await place.ask(query, { ids })
        expect(errors).toBeUndefined()
        records = listAt(data, 'customersByIds')
      })
      expect(records).toEqual(
        ids.map(id => ({ id, ...Object.fromEntries(threeFields.map(field => [field, answers(id)])) })),
      )
      expect(statements).toHaveLength(1)
      expect(place.localCalls()).toEqual([amount, amount])
      expect(await place.remoteCalls()).toEqual([{ variables: { _0: ids } }])
    }
  },
)
