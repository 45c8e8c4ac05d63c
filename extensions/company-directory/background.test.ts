import type { Extension } from '@trellis/sdk'
import { type TestGateway, valueAt } from '@trellis/testing'
import { expect, test } from 'vitest'
import { sendNotice } from '../../examples/company-directory-service/send-notice.ts'
import { companyDirectory } from './index.ts'
import { createDirectoryGateway, webhookSecret } from './testing/directory-gateway.ts'

const statusOf = async (gateway: TestGateway, id: string) =>
  valueAt(
    await gateway.data('query ($id: ID!) { customer(id: $id) { companyDirectoryEntry { status } } }', { id }),
    'customer.companyDirectoryEntry.status',
  )

const at = { url: 'http://localhost/extensions/company-directory/changed', secret: webhookSecret }

test('what the directory says has changed is read anew, and nobody else is listened to', async () => {
  await using directory = await createDirectoryGateway()
  const { gateway, service, requestsOf } = directory
  const send = async (request: Request) => gateway.trellis.gateway.fetch(request)
  const now = () => new Date('2026-03-01T12:00:00Z')
  const id = await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' })
  const later = await gateway.create('customer', { name: 'Founded tomorrow' })
  await gateway.refusals('companyDirectoryLink', { customerId: later, registrationNumber: 'HR 99' })
  expect(await statusOf(gateway, id)).toBe('ACTIVE')
  expect(await statusOf(gateway, later)).toBe(undefined)

  const guessed = { ...at, secret: 'whsec_Z3Vlc3NlZA==' }
  const old = { ...at, now: () => new Date('2026-03-01T11:54:00Z') }
  expect(await sendNotice({ ...guessed, send, now }, ['HR 10001'])).toBe(401)
  expect(await sendNotice({ ...old, send }, ['HR 10001'])).toBe(401)
  expect((await send(new Request(at.url, { method: 'POST', body: '{}' }))).status).toBe(401)
  expect(await sendNotice({ ...at, send, now }, [])).toBe(400)
  expect(await requestsOf(() => statusOf(gateway, id))).toEqual([])

  expect(await service.change('HR 10001', { status: 'DISSOLVED' })).toBe(204)
  expect(await statusOf(gateway, id)).toBe('DISSOLVED')
  expect(await sendNotice({ ...at, send, now }, ['HR 99'])).toBe(204)
  expect(await requestsOf(() => statusOf(gateway, later))).toHaveLength(1)
}, 60_000)

test('with a secret that anybody could guess it is not set up, and says which is to be set', async () => {
  await using directory = await createDirectoryGateway()
  const { gateway, configure } = directory
  const send = async (request: Request) => gateway.trellis.gateway.fetch(request)
  const now = () => new Date('2026-03-01T12:00:00Z')
  const short = `whsec_${Buffer.alloc(23).toString('base64')}`
  for (const secret of ['whsec_', '!!!', 'not base64 at all, however long it is', short]) {
    expect(await configure({}, { webhookSecret: secret })).toEqual([])
    expect(await sendNotice({ ...at, secret, send, now }, ['HR 10001'])).toBe(503)
  }
  const answer = await gateway.data('{ extensions { name status problems { code message } } }')
  expect(valueAt(answer, 'extensions.0')).toEqual({
    name: 'company-directory',
    status: 'QUARANTINED',
    problems: [
      {
        code: 'SETUP_FAILED',
        message: expect.stringContaining(
          'The secret webhookSecret has to be whsec_ and the Base64 of 24 to 64 random bytes.',
        ),
      },
    ],
  })
  await configure({}, { webhookSecret })
  expect(await sendNotice({ ...at, send, now }, ['HR 10001'])).toBe(204)
}, 60_000)

test('another tax number is looked up before anybody looks', async () => {
  await using directory = await createDirectoryGateway({}, { background: true })
  const { gateway, service, requestsOf } = directory
  const id = await gateway.create('customer', { name: 'Harbor', taxNumber: 'XX200001' })
  await gateway.trellis.background.settle()
  const lookups = () => service.requests.length
  expect(await gateway.refusals('customerUpdate', { id, name: 'Harbour' })).toEqual([])
  await gateway.trellis.background.settle()
  expect(lookups()).toBe(0)
  expect(await gateway.refusals('customerUpdate', { id, taxNumber: 'XX200010' })).toEqual([])
  await expect.poll(lookups, { timeout: 40_000 }).toBe(1)
  await gateway.trellis.background.settle()
  expect(await requestsOf(async () => expect(await statusOf(gateway, id)).toBe('INSOLVENT'))).toEqual([])
}, 60_000)

test('at night what is too old or marked is read anew, and what nobody asks for is removed', async () => {
  let present = new Date('2026-03-01T12:00:00Z')
  const atNight: Extension = {
    ...companyDirectory,
    events: {},
    effects: {
      Customer: async (changes, { jobs }) => {
        if (changes.some(({ action }) => action === 'delete')) await jobs.enqueue('refresh-entries')
      },
    },
  }
  await using directory = await createDirectoryGateway(
    { cacheHours: 24 },
    { extensions: [atNight], background: true, now: () => present },
  )
  const { gateway, service, requestsOf } = directory
  const create = (taxNumber: string) => gateway.create('customer', { name: 'Harbor', taxNumber })
  const [stays, leaves, changes] = [
    await create('XX200001'),
    await create('XX200002'),
    await create('XX200003'),
  ]
  for (const id of [stays, leaves, changes]) await statusOf(gateway, id)
  await gateway.trellis.background.settle()
  const before = service.requests.length

  present = new Date('2026-03-03T02:30:00Z')
  expect(await gateway.refusals('customerUpdate', { id: changes, taxNumber: null })).toEqual([])
  expect(await gateway.refusals('customerDelete', { id: leaves })).toEqual([])
  const rows = () => gateway.rowsIn('ext_company_directory.CompanyDirectoryEntry')
  await expect.poll(rows, { timeout: 40_000 }).toBe(1)
  await gateway.trellis.background.settle()
  expect(service.requests.slice(before)).toEqual(['POST /v1/companies/lookup'])
  expect(await requestsOf(async () => expect(await statusOf(gateway, stays)).toBe('ACTIVE'))).toEqual([])
}, 60_000)
