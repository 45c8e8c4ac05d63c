import { describe, expect, test } from 'vitest'
import { createSupervision } from '../supervision/index.ts'
import { createTestGateway } from './testing/test-gateway.ts'

const scrape = (headers: Readonly<Record<string, string>> = {}) =>
  new Request('http://localhost/metrics', { headers })

/** The lines that begin so, of what a scraper reads. */
const linesOf = (text: string, name: string): readonly string[] =>
  text.split('\n').filter(line => line.startsWith(name))

test('/metrics counts requests, operations and errors, and knows the process', async () => {
  const gateway = createTestGateway()
  await gateway.query('{ hello }')
  await gateway.query('{ nothing }')
  await gateway.fetch(new Request('http://localhost/made/up', { method: 'PATCH' }))
  const response = await gateway.fetch(scrape())
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await response.text()
  expect(linesOf(text, 'trellis_http_requests_total')).toEqual([
    'trellis_http_requests_total{method="POST",path="/graphql",status="200"} 2',
    'trellis_http_requests_total{method="other",path="other",status="404"} 1',
  ])
  expect(linesOf(text, 'trellis_operation_duration_seconds_count')).toEqual([
    'trellis_operation_duration_seconds_count{type="query"} 2',
  ])
  expect(linesOf(text, 'trellis_errors_total')).toEqual([
    'trellis_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1',
  ])
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \S+$/m)
  expect(text).toMatch(/^nodejs_heap_size_used_bytes \d+$/m)
})

test("/metrics has each extension's figures, by field", async () => {
  const supervision = createSupervision()
  const supervisor = supervision.of('acme', { failures: 1 })
  const outcome = { check: (answer: number) => answer, failed: () => 0 }
  supervisor.field('Customer.mood')
  await supervisor.field('Customer.score').run({}, () => 7, outcome)
  for (const work of [() => Promise.reject(new Error('broken')), () => 7])
    await supervisor.field('Customer.risk').run({}, work, outcome)
  const text = await (await createTestGateway({ supervision }).fetch(scrape())).text()
  const risk = 'extension="acme",field="Customer.risk"'
  const score = 'extension="acme",field="Customer.score"'
  expect(linesOf(text, 'trellis_extension_calls_total')).toEqual([
    `trellis_extension_calls_total{${score}} 1`,
    `trellis_extension_calls_total{${risk}} 1`,
  ])
  expect(text).toContain(`trellis_extension_failures_total{${risk}} 1\n`)
  expect(text).toContain(`trellis_extension_refusals_total{${risk}} 1\n`)
  expect(linesOf(text, 'trellis_extension_circuit')).toEqual([
    'trellis_extension_circuit{extension="acme",field=""} 1',
    `trellis_extension_circuit{${score}} 0`,
    `trellis_extension_circuit{${risk}} 1`,
  ])
  expect(text).toContain(`trellis_extension_call_duration_seconds_bucket{${score},le="+Inf"} 1\n`)
  expect(text).toContain(`trellis_extension_call_duration_seconds_count{${score}} 1\n`)
  expect(text).toContain('trellis_extension_in_flight{extension="acme"} 0\n')
  expect(text).toContain('trellis_extension_availability{extension="acme",field=""}')
})

describe('with a token', () => {
  const gateway = createTestGateway({ config: { metricsToken: 'a-token-for-scrapers' } })

  test('/metrics is for those who have it', async () => {
    const response = await gateway.fetch(scrape({ authorization: 'Bearer a-token-for-scrapers' }))
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('# HELP')])
  })

  test.each([{}, { authorization: 'Bearer another' }])('others are refused: %j', async headers => {
    const response = await gateway.fetch(scrape(headers))
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })
})
