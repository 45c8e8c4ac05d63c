import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering } from './fixtures/answering.ts'
import { busy } from './fixtures/busy.ts'
import { until } from './fixtures/until.ts'

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

test('jobs that run in a process take no places of the checks of writes, nor of what asks how it is', async () => {
  const response = await gateway.trellis.gateway.fetch(
    new Request('http://localhost/extensions/busy/jobs', {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.keys.administrator}` },
    }),
  )
  expect(response.status).toBe(202)
  // More than it has places: the gateway holds none for jobs within itself either.
  await until('three are at work', async () => {
    return valueAt(await gateway.ask('{ busyRunning }'), 'data.busyRunning') === 3
  })
  expect(await gateway.refusals('customerCreate', { name: 'Nobody' })).toEqual(['BUSY_NOBODY input.name'])
  expect(await gateway.refusals('customerCreate', { name: 'Acme' })).toEqual([])
  expect(await gateway.trellis.running.get('busy')?.health?.()).toBe(true)
  await gateway.data('{ busyRelease }')
}, 240_000)
