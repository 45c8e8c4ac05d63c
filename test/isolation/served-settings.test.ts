import { defineExtension } from '@trellis/sdk'
import { createGatewayOn, createTestDatabase, type TestGateway } from '@trellis/testing'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createReach } from '../../src/isolation/index.ts'
import { serveExtension } from '../../src/start/serve-extension.ts'
import { limitsOf } from '../../src/supervision/index.ts'
import { connectionString } from '../kit/connection-string.ts'

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`

/** What an extension is set up with, and what it is at: it waits until it is released. */
function beacon() {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const life: string[] = []
  const extension = defineExtension({
    name: 'beacon',
    version: '1.0.0',
    typeDefs: 'extend type Subscription { "Two lights." beaconLight: Int }',
    settings: z.strictObject({ colour: z.string().default('red') }),
    setup({ settings: { colour } }) {
      life.push(`up ${colour}`)
      return { dispose: () => void life.push(`left ${colour}`) }
    },
    jobs: {
      shine: {
        async run() {
          reached.resolve()
          await released.promise
          life.push('shone')
        },
      },
    },
    resolvers: {
      Subscription: {
        beaconLight: {
          async *subscribe() {
            yield { beaconLight: 1 }
            await released.promise
            life.push('shone')
            yield { beaconLight: 2 }
          },
        },
      },
    },
  })
  return { extension, life, reached: reached.promise, release: released.resolve }
}

const turnGreen = (gateway: TestGateway) =>
  gateway.data(
    'mutation { extensionConfigure(input: { name: "beacon", settings: { colour: "green" } }) { userErrors { message } } }',
  )

async function serving({ extension }: Pick<ReturnType<typeof beacon>, 'extension'>) {
  await using closing = new AsyncDisposableStack()
  const { connection } = closing.use(await createTestDatabase())
  const gateway = closing.use(await createGatewayOn({ connection, extensions: [] }))
  const { url } = closing.use(
    await serveExtension(extension, {
      extensions: [],
      config: {
        database: { url: connectionString(connection), dataDirectory: '', poolSize: 4 },
        encryptionKeys: [],
        mode: 'development',
        files: { directory: gateway.filesDirectory },
        attachments: { limitBytes: 1000, types: ['*/*'] },
        eventDays: 7,
        logLevel: 'silent',
      },
      secret,
      port: 0,
      log: pino({ level: 'silent' }),
    }),
  )
  const decider = closing.use(
    await createGatewayOn({
      connection,
      extensions: [extension],
      isolation: { served: new Map([['beacon', url]]), secret },
    }),
  )
  const open = closing.move()
  return { gateway: decider, url, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

const soon = { timeout: 20_000, interval: 20 }

test('a served extension finishes a job with what it was set up with, whatever is decided meanwhile', async () => {
  const { life, reached, release, ...rest } = beacon()
  await using served = await serving(rest)
  const reach = createReach({
    name: 'beacon',
    url: served.url,
    secret,
    limits: limitsOf(undefined),
    retries: 0,
  })
  const viewer = {
    id: served.gateway.userIds.administrator,
    name: 'Ada',
    role: 'ADMINISTRATOR',
    teamId: null,
  } as const
  const run = { id: 'run', attempt: 1, data: null }
  const done = reach.call('job', 'shine', run, { viewer, requestId: 'request' })
  await reached
  await turnGreen(served.gateway)
  await vi.waitFor(() => expect(life).toEqual(['up red', 'up green']), soon)
  release()
  await done
  await reach.close()
  await vi.waitFor(() => expect(life).toEqual(['up red', 'up green', 'shone', 'left red']), soon)
})

test('and a subscription', async () => {
  const { life, release, ...rest } = beacon()
  await using served = await serving(rest)
  const response = await served.gateway.trellis.gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${served.gateway.keys.administrator}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: 'subscription { beaconLight }' }),
    }),
  )
  const text = response.text()
  await turnGreen(served.gateway)
  await vi.waitFor(() => expect(life).toEqual(['up red', 'up green']), soon)
  release()
  expect([...(await text).matchAll(/"beaconLight":(\d)/g)].map(([, light]) => light)).toEqual(['1', '2'])
  await vi.waitFor(() => expect(life).toEqual(['up red', 'up green', 'shone', 'left red']), soon)
})
