import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { defineExtension, type Extension } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'

const fixture = join(import.meta.dirname, '..', 'fixtures', 'welcome', 'index.js')

test('the extension of docs/events-and-jobs.md sends a letter, hears that it arrived, and tells others', async () => {
  const module: unknown = await import(fixture)
  const { welcome } = z.object({ welcome: z.custom<Extension>() }).parse(module)
  const told: unknown[] = []
  const listener = defineExtension({
    name: 'listener',
    version: '1.0.0',
    typeDefs: '',
    dependsOn: { welcome: '^1.0.0' },
    events: { 'welcome.greeted': ({ payload }) => void told.push(payload) },
  })
  await using gateway = await createTestGateway({ extensions: [welcome, listener], background: true })
  const customerId = await gateway.create('customer', {
    name: 'Harbor Foods',
    ownerId: gateway.userIds.agent,
  })
  const letterTo = (id: string) => gateway.fetch(`/extensions/welcome/letters/${id}`, { as: 'agent' })
  const letter = async () => (await letterTo(customerId)).json()
  await expect.poll(letter, { timeout: 20_000 }).toEqual({ letter: 'SENT' })
  const body = JSON.stringify({ customerId })
  const sign = (secret: string) => createHmac('sha256', secret).update(body).digest('hex')
  const deliver = async (signature: string) => {
    const headers = { 'x-signature': signature }
    const response = await gateway.fetch('/extensions/welcome/delivered', {
      as: null,
      method: 'POST',
      body,
      headers,
    })
    return response.status
  }
  expect(await deliver(sign('guessed'))).toBe(401)
  expect(await deliver(sign('shared with the sender of letters'))).toBe(204)
  expect(await letter()).toEqual({ letter: 'DELIVERED' })
  const other = await gateway.create('customer', { name: 'Fjord' })
  expect((await letterTo(other)).status).toBe(404)
  await gateway.trellis.background.settle()
  expect(told).toEqual([{ customerId, by: 'MAIL' }])
})
