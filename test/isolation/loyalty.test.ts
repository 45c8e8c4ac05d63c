import { type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIsolatedGateway } from './fixtures/isolated-gateway.ts'

let gateway: TestGateway
const lines: string[] = []
beforeAll(async () => {
  gateway = await createIsolatedGateway(['loyalty'], { logLines: lines })
})
afterAll(async () => {
  console.log(lines.join(''))
  await gateway[Symbol.asyncDispose]()
})

test('works', async () => {
  const id = await gateway.create('customer', { name: 'Acme' })
  const ask = () =>
    gateway.ask(
      'query ($id: ID!) { customer(id: $id) { name loyalty { tier points adjustments { reason } } } }',
      { id },
    )
  console.log(JSON.stringify(await ask()))
  const m = await gateway.ask(
    'mutation ($id: ID!) { loyaltyAdjust(input: {customerId: $id, points: 120, reason: "gift"}) { customer { name loyalty { points tier } } adjustment { id points createdAt } userErrors { code path message } } }',
    { id },
    { headers: { 'idempotency-key': 'a1' } },
  )
  console.log(JSON.stringify(m))
  console.log(JSON.stringify(await ask()))
  console.log(
    JSON.stringify(await gateway.ask('{ extensions { name status problems { code severity message } } }')),
  )
})
