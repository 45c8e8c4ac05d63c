import { createTestGateway, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering } from './fixtures/answering.ts'
import { busy } from './fixtures/busy.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway({
    extensions: [busy],
    isolation: { isolated: ['busy'] },
    background: true,
  })
  await answering(gateway, ['busy'])
}, 240_000)
afterAll(() => gateway[Symbol.asyncDispose](), 60_000)

test('an extension that has no field on a record of the core runs in a process of its own', async () => {
  expect(await gateway.data('{ busyRunning }')).toEqual({ busyRunning: 0 })
  expect(gateway.trellis.pidOf('busy')).toBeTypeOf('number')
})
