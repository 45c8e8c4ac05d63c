import { defineExtension } from '@trellis/sdk'
import { createTestGateway, type TestGateway } from '@trellis/testing'
import { expect, test, vi } from 'vitest'

const turn = async (gateway: TestGateway, mutation: 'extensionEnable' | 'extensionDisable') => {
  await gateway.data(`mutation { ${mutation}(input: { name: "greeter" }) { userErrors { message } } }`)
  await gateway.trellis.follow()
}

test('what happens while an extension is disabled, it hears of when it is enabled again', async () => {
  const heard: string[] = []
  const greeter = defineExtension({
    name: 'greeter',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: 'extend type Query { "Nothing." greeterNothing: String }',
    resolvers: { Query: { greeterNothing: () => null } },
    events: { 'customer.created': async ({ entityId }) => void heard.push(entityId) },
  })
  await using gateway = await createTestGateway({ extensions: [greeter], background: true })
  const first = await gateway.create('customer', { name: 'First' })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([first])

  await turn(gateway, 'extensionDisable')
  const second = await gateway.create('customer', { name: 'Second' })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([first])

  await turn(gateway, 'extensionEnable')
  await gateway.trellis.background.settle()
  expect(heard).toEqual([first, second])
})

/** Takes its time until it is released, with what it was set up with. */
function patient() {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const life: string[] = []
  const signals: AbortSignal[] = []
  const take = async (signal: AbortSignal): Promise<void> => {
    signals.push(signal)
    reached.resolve()
    await released.promise
  }
  return { life, signals, take, reached: reached.promise, release: released.resolve }
}

const configure = async (gateway: TestGateway, name: string) => {
  await gateway.data(
    'mutation ($name: String!) { extensionConfigure(input: { name: $name }) { userErrors { message } } }',
    { name },
  )
  await gateway.trellis.follow()
  await gateway.trellis.background.settle()
}

/** Has one job, which whatever happens to a customer asks for. */
function choresOf({ life, take }: Pick<ReturnType<typeof patient>, 'life' | 'take'>) {
  let ups = 0
  return defineExtension({
    name: 'chores',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: '',
    setup() {
      const up = (ups += 1)
      life.push(`up ${up}`)
      return { dispose: () => void life.push(`left ${up}`) }
    },
    jobs: {
      sweep: {
        async run({ signal }, { attempt }) {
          await take(signal)
          life.push(`swept ${attempt}`)
        },
      },
    },
    effects: { Customer: async (_, { jobs }) => void (await jobs.enqueue('sweep')) },
  })
}

test('a job that runs when something is decided runs on, with what it was set up with', async () => {
  const { life, signals, take, reached, release } = patient()
  const chores = choresOf({ life, take })
  const other = defineExtension({ name: 'other', version: '1.0.0', typeDefs: '' })
  await using gateway = await createTestGateway({ extensions: [chores, other], background: true })
  await gateway.create('customer', { name: 'Acme' })
  await reached
  await configure(gateway, 'other')
  await configure(gateway, 'chores')
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  expect(life).toEqual(['up 1', 'up 2'])
  release()
  await vi.waitFor(() => expect(life).toEqual(['up 1', 'up 2', 'swept 1', 'left 1']), { timeout: 20_000 })
})

test('it ends when Trellis leaves', async () => {
  const { life, signals, take, reached } = patient()
  {
    await using gateway = await createTestGateway({
      extensions: [choresOf({ life, take })],
      background: true,
    })
    await gateway.create('customer', { name: 'Acme' })
    await reached
    await configure(gateway, 'chores')
  }
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(life).toEqual(['up 1', 'up 2', 'left 1', 'left 2'])
})

test('an event that is being handled then is handled to its end, and those of its record wait for that', async () => {
  const { signals, take, reached, release } = patient()
  const heard: string[] = []
  const greeter = defineExtension({
    name: 'greeter',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: '',
    events: {
      async 'customer.created'({ entityId }, { signal }) {
        if (signals.length === 0) await take(signal)
        heard.push(`created ${entityId}`)
      },
      'customer.updated': async ({ entityId }) => void heard.push(`updated ${entityId}`),
    },
  })
  await using gateway = await createTestGateway({ extensions: [greeter], background: true })
  const first = await gateway.create('customer', { name: 'First' })
  await reached
  await configure(gateway, 'greeter')
  await gateway.data(
    'mutation ($id: ID!) { customerUpdate(input: { id: $id, name: "Same" }) { userErrors { message } } }',
    { id: first },
  )
  const second = await gateway.create('customer', { name: 'Second' })
  await vi.waitFor(() => expect(heard).toEqual([`created ${second}`]), { timeout: 20_000 })
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  release()
  await vi.waitFor(
    () => expect(heard).toEqual([`created ${second}`, `created ${first}`, `updated ${first}`]),
    { timeout: 20_000 },
  )
})
