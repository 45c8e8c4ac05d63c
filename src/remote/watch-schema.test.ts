import { buildSchema } from 'graphql'
import { expect, test, vi } from 'vitest'
import { createFail } from './fail.ts'
import { type SchemaWatchOptions, watchSchema } from './watch-schema.ts'

const pinned = 'type Query { rating: Int }'
const fail = createFail('reviews')
const unheard = (): void => undefined
const log = { debug: unheard, info: unheard, warn: unheard, error: unheard }

/** A watch of a service whose answers a test decides, by a clock of its own. */
function watch(introspect: SchemaWatchOptions['executor']['introspect']) {
  const asked = vi.fn<typeof introspect>(introspect)
  const checks = { firstMs: 1000, everyMs: 300_000 }
  const watched = watchSchema({
    name: 'reviews',
    executor: { introspect: asked },
    pinned,
    checks,
    log,
    random: () => 0.5,
  })
  return { ...watched, asked, [Symbol.dispose]: watched.stop }
}

/** Time goes by, and with it what waits for time. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

test('a service is asked a moment after the start, then every five minutes, and not any more when it is left', async () => {
  vi.useFakeTimers()
  using watched = watch(async () => buildSchema(pinned))
  expect(watched.state()).toMatchObject({ status: 'UNKNOWN', reason: 'It was not asked yet.' })
  await pass(1499)
  expect(watched.asked).not.toHaveBeenCalled()
  await pass(1)
  expect(watched.state()).toMatchObject({ status: 'SAME', reason: null })
  await pass(299_999)
  expect(watched.asked).toHaveBeenCalledTimes(1)
  await pass(1)
  expect(watched.asked).toHaveBeenCalledTimes(2)
  watched.stop()
  await pass(600_000)
  expect(watched.asked).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})

test('what was found stays while the service is down, and it is asked sooner then', async () => {
  vi.useFakeTimers()
  let isUp = true
  using watched = watch(async () => {
    if (isUp) return buildSchema('type Query { rating: Float }')
    throw fail('UNREACHABLE', 'is not there.')
  })
  await pass(1500)
  const changed = { status: 'CHANGED', breaking: [{ type: 'FIELD_CHANGED_KIND' }] }
  expect(watched.state()).toMatchObject(changed)
  isUp = false
  await pass(300_000)
  expect(watched.state()).toMatchObject({ ...changed, reason: 'The extension "reviews" is not there.' })
  await pass(30_000)
  expect(watched.asked).toHaveBeenCalledTimes(3)
  vi.useRealTimers()
})

test('an answer that makes one doubt has it asked at once, twice a minute at most', async () => {
  vi.useFakeTimers()
  using watched = watch(async () => buildSchema(pinned))
  for (let time = 0; time < 50; time += 1) watched.doubt()
  await pass(0)
  expect(watched.asked).toHaveBeenCalledTimes(1)
  await pass(31_000)
  watched.doubt()
  watched.doubt()
  await pass(0)
  expect(watched.asked).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})

test('a service that does not answer introspection may tell by _service', async () => {
  vi.useFakeTimers()
  using watched = watch(async ({ from = 'introspection' } = {}) => {
    if (from === 'service') return buildSchema(pinned)
    throw fail('NOT_GRAPHQL', 'refuses to tell its schema: no.')
  })
  await pass(1500)
  expect(watched.state()).toMatchObject({ status: 'SAME' })
  vi.useRealTimers()
})
