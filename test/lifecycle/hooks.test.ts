import {
  defineExtension,
  type Extension,
  type ExtensionOptions,
  type Lifecycle,
  UserErrors,
} from '@trellis/sdk'
import {
  createGatewayOn,
  createTestDatabase,
  createTestGateway,
  type TestDatabase,
  type TestGateway,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { purge } from '../../src/cli/trellis/extension/packages/purge.ts'

const minute = 60_000

afterEach(() => void vi.useRealTimers())

const greeter = (
  version: string,
  lifecycle?: Lifecycle,
  more: Partial<ExtensionOptions<unknown>> = {},
): Extension =>
  defineExtension({
    ...more,
    name: 'greeter',
    version,
    scopes: ['tag:write'],
    typeDefs: 'extend type Query { "Hello." greeterHello: String }',
    resolvers: { Query: { greeterHello: () => 'Hello.' } },
    ...(lifecycle && { lifecycle }),
  })

/** Writes down what it is called for. */
const telling = (heard: string[]): Lifecycle => ({
  afterInstall: () => void heard.push('install'),
  afterUpgrade: (_, { from }) => void heard.push(`upgrade from ${from}`),
})

/** One life of a gateway: until all that it does by itself is done. */
async function serve({ connection }: TestDatabase, extension: Extension): Promise<void> {
  await using gateway = await createGatewayOn({ connection, extensions: [extension], background: true })
  await gateway.trellis.background.settle()
}

const disable = async (gateway: TestGateway, directive = '') =>
  valueAt(
    await gateway.data(
      `mutation ${directive} { done: extensionDisable(input: { name: "greeter" }) { userErrors { code message path } } }`,
    ),
    'done.userErrors',
  )

const stateOf = async (gateway: TestGateway) =>
  valueAt(await gateway.data('{ extensions { isEnabled revision status } }'), 'extensions.0')

const tagNames = async (gateway: TestGateway) =>
  valueAt(await gateway.data('{ tags { nodes { name createdBy { name } } } }'), 'tags.nodes')

test('it is installed once, upgraded from what served before, and rolled back', async () => {
  await using database = await createTestDatabase()
  const heard: string[] = []
  for (const version of ['1.0.0', '1.0.0', '1.1.0', '2.0.0', '2.0.0', '1.1.0'])
    await serve(database, greeter(version, telling(heard)))
  expect(heard).toEqual(['install', 'upgrade from 1.0.0', 'upgrade from 1.1.0', 'upgrade from 2.0.0'])
})

test('a version without hooks has served, too', async () => {
  await using database = await createTestDatabase()
  const heard: string[] = []
  await serve(database, greeter('1.0.0'))
  await serve(database, greeter('1.1.0', telling(heard)))
  expect(heard).toEqual(['upgrade from 1.0.0'])
})

test('nobody has decided anything by that', async () => {
  await using gateway = await createTestGateway({ extensions: [greeter('1.0.0')], background: true })
  await gateway.trellis.background.settle()
  expect(await gateway.rowsIn('Extension')).toBe(1)
  expect(await stateOf(gateway)).toEqual({ isEnabled: true, revision: 0, status: 'ENABLED' })
  const { schema } = gateway.trellis
  await gateway.trellis.follow()
  expect(gateway.trellis.schema).toBe(schema)

  await disable(gateway)
  await gateway.trellis.follow()
  expect(await stateOf(gateway)).toEqual({ isEnabled: false, revision: 1, status: 'DISABLED' })
  const { rows } = await sql`select "servedVersion" from "Extension"`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([{ servedVersion: '1.0.0' }])
})

test('one of two gateways does it', async () => {
  await using database = await createTestDatabase()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let calls = 0
  const extension = greeter('1.0.0', {
    async afterInstall({ services }) {
      calls += 1
      await services.tags.create({ name: 'Greeted' })
      await released
    },
  })
  const options = { connection: database.connection, extensions: [extension], background: true }
  await using one = await createGatewayOn(options)
  await vi.waitFor(() => expect(calls).toBe(1))
  await using other = await createGatewayOn(options)
  await other.trellis.background.settle()
  release()
  await one.trellis.background.settle()
  await using third = await createGatewayOn(options)
  await third.trellis.background.settle()
  expect(calls).toBe(1)
  expect(await tagNames(one)).toHaveLength(1)
})

test('a process whose code another version has followed does not take that for an upgrade of its own', async () => {
  await using database = await createTestDatabase()
  const heard: string[] = []
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await using old = await createGatewayOn({
    connection: database.connection,
    extensions: [
      greeter('1.0.0', {
        ...telling(heard),
        afterInstall() {
          heard.push('failure')
          throw new Error('not today')
        },
      }),
    ],
    background: true,
  })
  await old.trellis.background.settle()
  await serve(database, greeter('2.0.0', telling(heard)))
  vi.advanceTimersByTime(minute)
  await old.trellis.background.settle()
  expect(heard).toEqual(['failure', 'install'])
})

test('it acts as the system, within its scopes', async () => {
  const seen: unknown[] = []
  await using gateway = await createTestGateway({
    extensions: [
      greeter('1.0.0', {
        async afterInstall({ viewer, loaders, services, store }) {
          await services.tags.create({ name: 'Greeted' })
          await store.set('isGreeted', true)
          const ask = async () => loaders.customers.list({}).page()
          seen.push(viewer.name, await ask().catch(String))
        },
      }),
    ],
    background: true,
  })
  await gateway.trellis.background.settle()
  expect(seen).toEqual(['Trellis', expect.stringContaining('customer:read')])
  expect(await tagNames(gateway)).toEqual([{ name: 'Greeted', createdBy: { name: 'Trellis' } }])
  expect(await gateway.rowsIn('ExtensionValue')).toBe(1)
})

test('what throws leaves nothing, is told of, and is tried again after a minute', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const logLines: string[] = []
  let calls = 0
  await using gateway = await createTestGateway({
    extensions: [
      greeter('1.0.0', {
        async afterInstall({ services }) {
          calls += 1
          await services.tags.create({ name: `Try ${calls}` })
          if (calls === 1) throw new Error('not today')
        },
      }),
    ],
    background: true,
    logLines,
  })
  await gateway.trellis.background.settle()
  expect(await tagNames(gateway)).toEqual([])
  expect(await gateway.rowsIn('Extension')).toBe(0)
  expect(logLines.join('')).toContain('not today')
  expect(await gateway.data('{ greeterHello }')).toEqual({ greeterHello: 'Hello.' })

  for (const _ of [1, 2, 3]) {
    vi.advanceTimersByTime(minute)
    await gateway.trellis.background.settle()
  }
  expect(calls).toBe(2)
  expect(await tagNames(gateway)).toMatchObject([{ name: 'Try 2' }])
})

test('it is tried again by the next start', async () => {
  await using database = await createTestDatabase()
  const heard: string[] = []
  const failing = greeter('1.0.0', { afterInstall: () => Promise.reject(new Error('not today')) })
  await serve(database, failing)
  await serve(database, failing)
  await serve(database, greeter('1.0.0', telling(heard)))
  expect(heard).toEqual(['install'])
})

test('what takes too long is given up, with what it wrote', async () => {
  const logLines: string[] = []
  const aborted: boolean[] = []
  const extension = greeter(
    '1.0.0',
    {
      async afterInstall({ services, signal }) {
        const { promise: isOver, resolve } = Promise.withResolvers<void>()
        signal.addEventListener('abort', () => {
          aborted.push(signal.aborted)
          resolve()
        })
        await services.tags.create({ name: 'Slow' })
        await isOver
      },
    },
    { limits: { writeDeadlineMs: 100 } },
  )
  await using gateway = await createTestGateway({ extensions: [extension], background: true, logLines })
  await gateway.trellis.background.settle()
  expect(aborted).toEqual([true])
  expect(logLines.join('')).toContain('lifecycle.afterInstall of greeter took more than 100 ms.')
  expect(await tagNames(gateway)).toEqual([])
})

test('one that waits to be configured is installed when it is', async () => {
  const heard: string[] = []
  const extension = greeter('1.0.0', telling(heard), { settings: z.object({ words: z.string() }) })
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([])
  expect(
    await gateway.refusals('extensionConfigure', { name: 'greeter', settings: { words: 'Hi' } }),
  ).toEqual([])
  await gateway.trellis.follow()
  await gateway.trellis.background.settle()
  expect(heard).toEqual(['install'])
})

test('one whose data was purged is installed anew', async () => {
  await using database = await createTestDatabase()
  const heard: string[] = []
  await serve(database, greeter('1.0.0', telling(heard)))
  const { connection } = database
  await purge({
    connection,
    config: { files: { directory: '/nowhere' } },
    folder: '/nowhere',
    name: 'greeter',
  })
  await serve(database, greeter('1.1.0', telling(heard)))
  expect(heard).toEqual(['install', 'install'])
})

const refusing = (path: readonly string[] = []): Lifecycle => ({
  async beforeDisable({ services }) {
    await services.tags.create({ name: 'Asked' })
    throw new UserErrors([{ code: 'STILL_NEEDED', message: 'Somebody is still to be greeted.', path }])
  },
})

test.each(['', '@dryRun'])(
  'it may refuse to be disabled, and nothing is left of that %s',
  async directive => {
    await using gateway = await createTestGateway({ extensions: [greeter('1.0.0', refusing())] })
    expect(await disable(gateway, directive)).toEqual([
      { code: 'STILL_NEEDED', message: 'Somebody is still to be greeted.', path: ['input', 'name'] },
    ])
    expect(await stateOf(gateway)).toEqual({ isEnabled: true, revision: 0, status: 'ENABLED' })
    expect(await tagNames(gateway)).toEqual([])
  },
)

test('what it writes before it is disabled is written by the administrator, and not by a dry run', async () => {
  const dryRuns: boolean[] = []
  const lifecycle: Lifecycle = {
    async beforeDisable({ services, dryRun }) {
      dryRuns.push(dryRun)
      await services.tags.create({ name: 'Goodbye' })
    },
  }
  await using gateway = await createTestGateway({ extensions: [greeter('1.0.0', lifecycle)] })
  expect(await disable(gateway, '@dryRun')).toEqual([])
  expect(await tagNames(gateway)).toEqual([])
  expect(await disable(gateway)).toEqual([])
  expect(await tagNames(gateway)).toEqual([{ name: 'Goodbye', createdBy: { name: 'Ada Lindqvist' } }])
  expect(dryRuns).toEqual([true, false])
})

test('where it says what it refuses, that is answered', async () => {
  await using gateway = await createTestGateway({ extensions: [greeter('1.0.0', refusing(['input']))] })
  expect(await disable(gateway)).toMatchObject([{ path: ['input'] }])
})

test('one that fails when it is asked stays, and is named', async () => {
  const lifecycle: Lifecycle = { beforeDisable: () => Promise.reject(new Error('no idea')) }
  await using gateway = await createTestGateway({ extensions: [greeter('1.0.0', lifecycle)] })
  const { errors } = await gateway.ask(
    'mutation { extensionDisable(input: { name: "greeter" }) { userErrors { code } } }',
  )
  expect(valueAt(errors, '0.extensions')).toMatchObject({ code: 'EXTENSION_FAILED', extension: 'greeter' })
  expect(await stateOf(gateway)).toMatchObject({ isEnabled: true })
})

test('one that does not run is not asked', async () => {
  const extension = greeter('1.0.0', refusing(), { setup: () => Promise.reject(new Error('no ears')) })
  await using gateway = await createTestGateway({ extensions: [extension], quarantines: true })
  expect(await disable(gateway)).toEqual([])
})
