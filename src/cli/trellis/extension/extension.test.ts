import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { companyProfile } from '@trellis/extension-company-profile'
import { loyalty } from '@trellis/extension-loyalty'
import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/kit/process.ts'
import { labels } from '../../../../test/lifecycle/fixtures/labels.ts'
import { createProgram } from '../program.ts'
import { runTrellis, runTrellisAlone } from '../testing/run-trellis.ts'

/** A gateway with a socket, and the command as its administrator, or with another key. */
async function serve() {
  await using starting = new AsyncDisposableStack()
  const gateway = starting.use(await createTestGateway({ extensions: [companyProfile, labels(), loyalty] }))
  const { endpoint } = starting.use(await gateway.listen())
  const resources = starting.move()
  return {
    gateway,
    endpoint,
    trellis: (words: readonly string[], input = '', key = gateway.keys.administrator, run = runTrellis) =>
      run(['extension', ...words, '--url', endpoint], { input, env: { TRELLIS_KEY: key } }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Which of the extensions answer. */
const statusOf = async (gateway: TestGateway, name: string) => {
  const { extensions } = await gateway.data('{ extensions { name status settings } }')
  return Array.isArray(extensions)
    ? extensions.find(extension => valueAt(extension, 'name') === name)
    : undefined
}

test('the extensions are listed as a table', async () => {
  await using served = await serve()
  const ended = await served.trellis(['list'])
  expect(ended).toMatchObject({ status: 0, complained: '' })
  expect(ended.printed).toMatchInlineSnapshot(`
    "name             version  status       revision  problems  description
    company-profile  0.1.0    ENABLED      0         0         The domain and the age of a customer, from its website and its year of founding
    labels           1.0.0    CONFIGURING  0         1
    loyalty          0.1.0    ENABLED      0         0         Tiers and points for customers, earned by won opportunities and adjusted by hand
    "
  `)
})

test('settings are set by words, secrets by standard input', async () => {
  await using served = await serve()
  const ended = await served.trellis(
    ['configure', 'labels', 'width=3', 'prefix=12', '--secret', 'seal'],
    'sealing-wax\n',
    served.gateway.keys.administrator,
    // What standard input says, the environment and the exit code are a process's own.
    runTrellisAlone,
  )
  expect(ended).toMatchInlineSnapshot(`
    {
      "complained": "",
      "printed": "labels is configured, revision 1; gateways follow within two seconds.
    settings: {"width":3,"prefix":"12"}
    secret seal: set
    ",
      "status": 0,
    }
  `)
  await served.gateway.trellis.follow()
  expect(await statusOf(served.gateway, 'labels')).toEqual({
    name: 'labels',
    status: 'ENABLED',
    settings: { width: 3, prefix: '12' },
  })
  await served.gateway.create('customer', { name: 'Acme' })
  expect(await served.gateway.data('{ customers { nodes { label } } }')).toEqual({
    customers: { nodes: [{ label: '12 Acm 11' }] },
  })
})

test.each([
  ['a setting of the wrong type', ['labels', 'width=wide'], '', 1, 'INVALID_SETTING at input.settings.width'],
  ['a setting that is not there', ['labels', 'width=3', 'height=1'], '', 1, 'INVALID_SETTING'],
  [
    'an extension that is not there',
    ['nobody', 'width=3'],
    '',
    1,
    'there are: company-profile, labels, loyalty',
  ],
  ['a word that sets nothing', ['labels', 'width'], '', 2, '"width" is not of the form key=value.'],
  ['nothing to set', ['labels'], '', 2, 'There is nothing to set'],
  ['a secret that nobody says', ['labels', '--secret', 'seal'], '', 2, 'has 0 lines for 1 secrets: seal'],
])('%s is refused', async (_, words, input, status, message) => {
  await using served = await serve()
  const ended = await served.trellis(['configure', ...words], input)
  expect(ended).toEqual({ status, printed: '', complained: expect.stringContaining(message) })
  expect(await statusOf(served.gateway, 'labels')).toMatchObject({ settings: {} })
})

test('a plan says what goes and what breaks, and does nothing', async () => {
  await using served = await serve()
  const ended = await served.trellis(['disable', 'loyalty', '--plan'])
  expect(ended).toMatchObject({ status: 0, complained: '' })
  expect(ended.printed).toMatchInlineSnapshot(`
    "To disable loyalty:

    goes
      Customer.loyalty
      Loyalty
      Loyalty.adjustments
      Loyalty.points
      Loyalty.tier
      LoyaltyAdjustInput
      LoyaltyAdjustInput.customerId
      LoyaltyAdjustInput.points
      LoyaltyAdjustInput.reason
      LoyaltyAdjustPayload
      LoyaltyAdjustPayload.adjustment
      LoyaltyAdjustPayload.customer
      LoyaltyAdjustPayload.userErrors
      LoyaltyAdjustment
      LoyaltyAdjustment.createdAt
      LoyaltyAdjustment.id
      LoyaltyAdjustment.points
      LoyaltyAdjustment.reason
      LoyaltyTier
      LoyaltyTier.BRONZE
      LoyaltyTier.GOLD
      LoyaltyTier.PLATINUM
      LoyaltyTier.SILVER
      Mutation.loyaltyAdjust

    breaks for clients
      TYPE_REMOVED  Loyalty was removed.
      TYPE_REMOVED  LoyaltyTier was removed.
      TYPE_REMOVED  LoyaltyAdjustment was removed.
      TYPE_REMOVED  LoyaltyAdjustInput was removed.
      TYPE_REMOVED  LoyaltyAdjustPayload was removed.
      FIELD_REMOVED  Mutation.loyaltyAdjust was removed.
      FIELD_REMOVED  Customer.loyalty was removed.
    "
  `)
  await served.gateway.trellis.follow()
  expect(await statusOf(served.gateway, 'loyalty')).toMatchObject({ status: 'ENABLED' })
})

test('without a terminal what breaks has to be wanted; what breaks nothing is done', async () => {
  await using served = await serve()
  const { gateway, trellis } = served
  const refused = await trellis(['disable', 'loyalty'])
  expect(refused).toMatchObject({ status: 1, complained: expect.stringContaining('--yes does it.') })
  await gateway.trellis.follow()
  expect(await statusOf(gateway, 'loyalty')).toMatchObject({ status: 'ENABLED' })

  const disabled = await trellis(['disable', 'loyalty', '--yes'])
  expect(disabled).toMatchObject({ status: 0, printed: expect.stringContaining('loyalty is disabled') })
  await gateway.trellis.follow()
  expect(await statusOf(gateway, 'loyalty')).toMatchObject({ status: 'DISABLED' })

  const enabled = await trellis(['enable', 'loyalty'])
  expect(enabled).toMatchObject({ status: 0, complained: '' })
  expect(enabled.printed).toContain('comes\n  Customer.loyalty')
  await gateway.trellis.follow()
  expect(await statusOf(gateway, 'loyalty')).toMatchObject({ status: 'ENABLED' })
})

test.each([
  [true, 'done', 'DISABLED'],
  [false, 'Nothing was changed.', 'ENABLED'],
])('at a terminal the question is answered %s', async (isWanted, outcome, status) => {
  await using served = await serve()
  const asked: string[] = []
  const program = createProgram({
    print: () => undefined,
    complain: () => undefined,
    paint: (_, text) => text,
    key: served.gateway.keys.administrator,
    confirm: async question => {
      asked.push(question)
      return isWanted
    },
    readSecrets: async () => [],
    fail: () => undefined,
  })
  const words = ['extension', 'disable', 'loyalty', '--url', served.endpoint]
  const done = program.parseAsync(words, { from: 'user' }).then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : error),
  )
  expect(await done).toBe(outcome)
  expect(asked).toEqual(['Operations of clients break. Is loyalty to be disabled all the same?'])
  await served.gateway.trellis.follow()
  expect(await statusOf(served.gateway, 'loyalty')).toMatchObject({ status })
})

test('who may not decide is told so, and the key comes from a file as well', async () => {
  await using served = await serve()
  await using folder = await temporaryFolder()
  const keyFile = join(folder.path, 'key')
  await writeFile(keyFile, `${served.gateway.keys.agent}\n`)
  const ended = await served.trellis(['disable', 'loyalty', '--yes', '--key-file', keyFile])
  expect(ended).toMatchObject({ status: 1, complained: expect.stringContaining('FORBIDDEN') })
})
