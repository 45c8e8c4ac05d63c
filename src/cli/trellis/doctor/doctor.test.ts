import { loyalty } from '@trellis/extension-loyalty'
import type { Extension } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'
import { labels } from '../../../../test/lifecycle/fixtures/labels.ts'
import { runTrellis } from '../testing/run-trellis.ts'

/** What the doctor says of an extension at a gateway that has these. */
async function examined(name: string, extensions: readonly Extension[], disable?: string) {
  await using gateway = await createTestGateway({ extensions, quarantines: true })
  if (disable !== undefined) {
    await gateway.refusals('extensionDisable', { name: disable })
    await gateway.trellis.follow()
  }
  await using listening = await gateway.listen()
  const ended = await runTrellis(['doctor', name, '--url', listening.endpoint], {
    env: { TRELLIS_KEY: gateway.keys.administrator },
  })
  return { ...ended, printed: ended.printed.replaceAll(listening.endpoint, 'GATEWAY') }
}

test('an extension that is well has nothing to be done about', async () => {
  const { status, printed, complained } = await examined('loyalty', [loyalty])
  expect({ status, complained }).toEqual({ status: 0, complained: '' })
  expect(printed).toMatchInlineSnapshot(`
    "ok     status    loyalty 0.1.0 is ENABLED at GATEWAY
    ?      settings  it has none, or does not say which
    ok     secrets   it needs none
    ok     health    it is well
    ok     package   loyalty 0.1.0, extensions/loyalty/index.ts
    ok     versions  @trellis/sdk 0.1.0 fits ^0.1.0
    ok     scopes    customer:write, opportunity:read, pipelineStage:read
    ok     package   it composes with what is installed
    ok     tables    1 migration in ext_loyalty, applied

    There is nothing to do.
    "
  `)
})

test('one that waits for settings and secrets is told how to set them', async () => {
  const { status, printed } = await examined('labels', [labels()])
  expect(status).toBe(1)
  expect(printed).toMatchInlineSnapshot(`
    "note   status    labels 1.0.0 is CONFIGURING at GATEWAY
    wrong  problem   NOT_CONFIGURED: labels 1.0.0 (test/lifecycle/fixtures/labels.ts:22:6) waits to be configured: settings.width: Invalid input: expected number, received undefined; the secret seal is not set.
    wrong  settings  missing: width (integer)
    wrong  secrets   missing: seal
    ?      health    it does not run
    ?      package   it is not in extensions/index.ts, whose packages are looked into

    Next:
    1. Set what is missing: mutation extensionConfigure(input: { name: "labels" … }).
    2. npx trellis extension configure labels width=…
    3. npx trellis extension configure labels --secret seal
    "
  `)
})

const failing = { ...loyalty, setup: () => Promise.reject(new Error('no room')) }
const unwell = { ...loyalty, setup: () => ({ health: () => false }) }

test.each<[string, readonly Extension[], number, readonly string[]]>([
  [
    'whose setup fails',
    [failing],
    1,
    ['wrong  problem   SETUP_FAILED', 'no room', '?      health    it does not run'],
  ],
  ['that is not well', [unwell], 1, ['wrong  health    it says that it cannot do its work (unhealthy)']],
  [
    'of another version',
    [{ ...loyalty, version: '0.0.9' }],
    0,
    ['note   package', 'the gateway runs 0.0.9', 'Start the gateway again'],
  ],
  ['that is not there', [], 1, ['wrong  status', 'does not have it', 'Start the gateway again']],
])('an extension %s is found out', async (_, extensions, status, said) => {
  const ended = await examined('loyalty', extensions)
  for (const words of said) expect(ended.printed).toContain(words)
  expect(ended.status).toBe(status)
})

test('one that is switched off is told how to switch it on', async () => {
  const { status, printed } = await examined('loyalty', [loyalty], 'loyalty')
  expect(printed).toContain('npx trellis extension enable loyalty')
  expect(status).toBe(0)
})

test('without a gateway the package is looked at all the same', async () => {
  const { status, printed } = await runTrellis(['doctor', 'loyalty', '--url', 'http://127.0.0.1:65530'])
  expect(status).toBe(1)
  expect(printed).toContain('wrong  gateway   http://127.0.0.1:65530/graphql does not answer')
  expect(printed).toContain('ok     package   it composes with what is installed')
})

test('an extension that is nowhere is refused', async () => {
  const ended = await examined('nobody', [])
  expect(ended).toMatchObject({ status: 1, printed: '', complained: expect.stringContaining('neither at') })
})
