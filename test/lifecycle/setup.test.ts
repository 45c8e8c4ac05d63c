import { defineExtension, type Running, type SetupOptions } from '@trellis/sdk'
import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => void vi.useRealTimers())

const greeter = (setup: (options: SetupOptions) => Promise<Running>) =>
  defineExtension({
    name: 'greeter',
    version: '1.0.0',
    typeDefs: 'extend type Query { "Hello." greeterHello: String }',
    resolvers: { Query: { greeterHello: () => 'Hello.' } },
    setup,
  })

const problemOf = async (gateway: TestGateway) =>
  valueAt(await gateway.data('{ extensions { problems { message } } }'), 'extensions.0.problems.0.message')

/** From now on waiting takes as long as a test says. */
const holdTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

function passTenSeconds(): void {
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
}

test('an extension whose setup fails is told that it is over', async () => {
  const signals: AbortSignal[] = []
  await using gateway = await createTestGateway({
    quarantines: true,
    extensions: [
      greeter(async ({ signal }) => {
        signals.push(signal)
        throw new Error('no ears')
      }),
    ],
  })
  expect(await problemOf(gateway)).toContain('no ears')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})

test('one that makes what is not its own to make lets go of it', async () => {
  const life: string[] = []
  await using gateway = await createTestGateway({
    quarantines: true,
    extensions: [
      greeter(async ({ signal }) => {
        signal.addEventListener('abort', () => life.push('over'))
        return { loaders: { customers: () => ({}) }, dispose: () => void life.push('let go of') }
      }),
    ],
  })
  expect(await problemOf(gateway)).toContain('"customers"')
  expect(life).toEqual(['over', 'let go of'])
})

test('one whose setup takes too long is told so, and lets go of what it makes too late', async () => {
  const [began, made, gone] = [0, 0, 0].map(() => Promise.withResolvers<void>())
  const life: string[] = []
  const starting = createTestGateway({
    quarantines: true,
    extensions: [
      greeter(async ({ signal }) => {
        holdTime()
        signal.addEventListener('abort', () => life.push('over'))
        began?.resolve()
        await made?.promise
        return {
          dispose() {
            life.push('let go of')
            gone?.resolve()
          },
        }
      }),
    ],
  })
  await began?.promise
  passTenSeconds()
  await using gateway = await starting
  expect(await problemOf(gateway)).toContain('took more than 10000 ms')
  expect(life).toEqual(['over'])
  made?.resolve()
  await gone?.promise
  expect(life).toEqual(['over', 'let go of'])
})

test('one that does not let go keeps nobody from leaving', async () => {
  const logLines: string[] = []
  const asked = Promise.withResolvers<void>()
  const gateway = await createTestGateway({
    extensions: [
      greeter(async ({ signal }) => {
        signal.addEventListener('abort', holdTime)
        return {
          dispose() {
            asked.resolve()
            return new Promise(() => undefined)
          },
        }
      }),
    ],
    logLines,
  })
  const left = gateway[Symbol.asyncDispose]()
  await asked.promise
  passTenSeconds()
  await left
  expect(logLines.join('')).toContain('dispose of greeter took more than 10000 ms.')
})
