import { loyalty } from '@trellis/extension-loyalty'
import { createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { expect, test, vi } from 'vitest'
import { counted, decideAndFollow, merge, reviewSdl, startChangingService } from './fixtures/remotes.ts'

// Each composes the core several times, and starts a process.
vi.setConfig({ testTimeout: 120_000 })

const schemaChecks = { firstMs: 20, everyMs: 100 }

const whole = { customers: { nodes: [{ name: 'Acme', reviewCount: 30 }] } }

const driftOf = async (gateway: TestGateway) =>
  valueAt(
    await gateway.data(
      '{ extensions { status problems { code severity message } drift { status reason breaking { code message } other { code message } } } }',
    ),
    'extensions.0',
  )

/** Done when the gateway has found it. */
const untilDrift = (gateway: TestGateway, status: string) =>
  vi.waitFor(
    async () => {
      const found = await driftOf(gateway)
      expect(valueAt(found, 'drift.status')).toBe(status)
      return found
    },
    { timeout: 60_000, interval: 50 },
  )

const read = async (gateway: TestGateway, path: string) =>
  (await gateway.trellis.gateway.fetch(new Request(`http://localhost${path}`))).text()

const driftMetrics = async (gateway: TestGateway) =>
  (await read(gateway, '/metrics'))
    .split('\n')
    .filter(line => line.startsWith('trellis_extension_schema_drift{'))

const readiness = async (gateway: TestGateway): Promise<unknown> =>
  JSON.parse(await read(gateway, '/health/ready'))

test('a service that changes while the gateway runs is a problem of the extension, until it or the pin is mended', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [], schemaChecks })
  await gateway.create('customer', { name: 'Acme' })
  await decideAndFollow(gateway, 'Add', { name: 'review', url: service.url, merge })
  expect(await untilDrift(gateway, 'SAME')).toMatchObject({ status: 'ENABLED', problems: [] })
  expect(await driftMetrics(gateway)).toEqual([
    'trellis_extension_schema_drift{extension="review",kind="breaking"} 0',
    'trellis_extension_schema_drift{extension="review",kind="other"} 0',
  ])

  await service.change(reviewSdl.replace('reviewGreeting: String', 'reviewAnswer: String'))
  expect(await untilDrift(gateway, 'CHANGED')).toMatchInlineSnapshot(`
    {
      "drift": {
        "breaking": [
          {
            "code": "FIELD_REMOVED",
            "message": "Query.reviewGreeting was removed.",
          },
        ],
        "other": [
          {
            "code": "ADDED",
            "message": "Query.reviewAnswer was added.",
          },
        ],
        "reason": null,
        "status": "CHANGED",
      },
      "problems": [
        {
          "code": "SCHEMA_DRIFT",
          "message": "The service of review 1.0.0 (review (added remote):1:1) has changed so that operations may fail: Query.reviewGreeting was removed.",
          "severity": "ERROR",
        },
        {
          "code": "SCHEMA_DRIFT",
          "message": "The service of review 1.0.0 (review (added remote):1:1) has changed since it was pinned: Query.reviewAnswer was added.",
          "severity": "WARNING",
        },
      ],
      "status": "ENABLED",
    }
  `)
  expect(await readiness(gateway)).toMatchObject({
    status: 'degraded',
    checks: { 'extension review': 'drifted' },
  })
  expect(await driftMetrics(gateway)).toEqual([
    'trellis_extension_schema_drift{extension="review",kind="breaking"} 1',
    'trellis_extension_schema_drift{extension="review",kind="other"} 1',
  ])
  // What has not changed is answered as before.
  expect(await gateway.data(counted)).toEqual(whole)

  await service.change(reviewSdl)
  expect(await untilDrift(gateway, 'SAME')).toMatchObject({ problems: [] })
  expect(await readiness(gateway)).toMatchObject({ status: 'ok' })

  await service.change(
    reviewSdl.replace('reviewCount: Int', 'reviewCount: Int\n  "Its mood." reviewMood: String'),
  )
  const more = await untilDrift(gateway, 'CHANGED')
  expect(listAt(more, 'problems')).toMatchObject([{ code: 'SCHEMA_DRIFT', severity: 'WARNING' }])
  expect(textAt(more, 'problems.0.message')).toContain('Customer.reviewMood was added.')
  expect(await readiness(gateway)).toMatchObject({ status: 'ok' })
  await decideAndFollow(gateway, 'Update', { name: 'review', schema: null })
  expect(await untilDrift(gateway, 'SAME')).toMatchObject({ problems: [] })
})

test('a service that refuses to tell its schema, or is down, has not drifted as far as is known', async () => {
  await using gateway = await createTestGateway({ extensions: [], schemaChecks })
  const statusNow = async () => valueAt(await driftOf(gateway), 'drift.status')
  {
    await using service = await startChangingService(`# refuse\n${reviewSdl}`)
    await decideAndFollow(gateway, 'Add', { name: 'review', url: service.url, schema: reviewSdl, merge })
    await vi.waitFor(
      async () => expect(valueAt(await driftOf(gateway), 'drift.reason')).toContain('Introspection is off.'),
      { timeout: 60_000, interval: 50 },
    )
    expect(await driftOf(gateway)).toMatchObject({ drift: { status: 'UNKNOWN' }, problems: [] })
    expect(await driftMetrics(gateway)).toEqual([])
    expect(await readiness(gateway)).toMatchObject({ status: 'ok' })
    await service.change(reviewSdl)
    await untilDrift(gateway, 'SAME')
  }
  await vi.waitFor(async () => expect(valueAt(await driftOf(gateway), 'drift.reason')).toContain('review'), {
    timeout: 10_000,
    interval: 50,
  })
  expect(await statusNow()).toBe('SAME')
})

test('where nobody looks, and for one in the process, nothing is said', async () => {
  await using gateway = await createTestGateway({ extensions: [loyalty] })
  expect(await gateway.data('{ extensions { drift { status } remote { url } } }')).toEqual({
    extensions: [{ drift: null, remote: null }],
  })
})
