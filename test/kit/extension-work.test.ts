import { defineExtension, field } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createTestGateway } from './index.ts'

const done: unknown[] = []

const visit = defineExtension({
  name: 'visit',
  version: '1.0.0',
  scopes: ['customer:read', 'customer:write'],
  typeDefs: `
    extend type Customer {
      "How often somebody was there."
      visitCount: Int
      "Whether somebody is due."
      visitDue: Boolean
    }`,
  fields: {
    Customer: {
      visitCount: field({ requires: ['id'], batch: customers => customers.map(() => 2) }),
      visitDue: field({ requires: ['id'], batch: customers => customers.map(() => true) }),
    },
  },
  permissions: { AGENT: '*' },
  emits: { 'visit.due': z.object({ name: z.string() }) },
  jobs: {
    remind: {
      schedule: '0 3 * * *',
      run: async ({ transaction, viewer, log }, { data, attempt }) => {
        if (data === 'none') throw new RangeError('nobody to remind')
        done.push({ data, attempt, by: viewer.name })
        log.info({ data }, 'reminded')
        await transaction(({ events }) => events.emit('visit.due', { name: 'Harbor Foods' }))
      },
    },
  },
  routes: { 'GET /who': async (_request, { viewer }) => Response.json({ name: viewer.name }) },
})

test('a test counts calls for fields of extensions, one for each whatever the number of records', async () => {
  await using gateway = await createTestGateway({ extensions: [visit] })
  for (const name of ['Harbor Foods', 'North Mill']) await gateway.create('customer', { name })
  const ask = () => gateway.data('{ customers { nodes { name visitCount visitDue } } }')
  expect(await gateway.callsOf(ask)).toEqual({ 'Customer.visitCount': 1, 'Customer.visitDue': 1 })
  expect(await gateway.callsOf(() => gateway.data('{ customers { nodes { visitDue } } }'))).toEqual({
    'Customer.visitDue': 1,
  })
  expect(await gateway.callsOf(() => gateway.data('{ customers { nodes { name } } }'))).toEqual({})
})

test('a test sees what was told of: by the core and by extensions', async () => {
  await using gateway = await createTestGateway({ extensions: [visit] })
  await gateway.create('customer', { name: 'North Mill' })
  let id = ''
  const events = await gateway.eventsOf(async () => {
    id = await gateway.create('customer', { name: 'Harbor Foods' })
    await gateway.runJob('visit/remind')
  })
  expect(events).toMatchObject([
    { type: 'customer.created', entityId: id },
    { type: 'visit.due', payload: { name: 'Harbor Foods' } },
  ])
})

test('a test does a job, as the system, and hears what it throws', async () => {
  const logLines: string[] = []
  await using gateway = await createTestGateway({ extensions: [visit], logLines })
  done.length = 0
  await gateway.runJob('visit/remind', { days: 3 })
  expect(done).toEqual([{ data: { days: 3 }, attempt: 1, by: 'Trellis' }])
  expect(logLines.join()).toContain('reminded')
  await expect(gateway.runJob('visit/remind', 'none')).rejects.toThrow('nobody to remind')
  await expect(gateway.runJob('visit/expire')).rejects.toThrow(
    'There is no job "visit/expire"; there are: visit/remind.',
  )
})

test('a test asks routes, with a key or without', async () => {
  await using gateway = await createTestGateway({ extensions: [visit] })
  const ask = async (as?: 'agent' | null) =>
    gateway.fetch('/extensions/visit/who', as === undefined ? {} : { as })
  expect(await (await ask()).json()).toEqual({ name: 'Ada Lindqvist' })
  expect(await (await ask('agent')).json()).toEqual({ name: 'Ben Okafor' })
  expect((await ask(null)).status).toBe(401)
})

test('a test is told what is wrong with its extension, unless it is to be left out', async () => {
  const wrong = { ...visit, resolvers: { Query: { visitFirst: () => null } } }
  await expect(createTestGateway({ extensions: [wrong] })).rejects.toThrow(/visitFirst/)
  await using gateway = await createTestGateway({ extensions: [wrong], quarantines: true })
  expect(await gateway.data('{ extensions { status } }')).toEqual({ extensions: [{ status: 'QUARANTINED' }] })
})
