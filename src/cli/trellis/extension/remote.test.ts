import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/kit/process.ts'
import { counted, reviewSdl, startChangingService } from '../../../../test/lifecycle/fixtures/remotes.ts'
import { runTrellis } from '../testing/run-trellis.ts'

const whole = { customers: { nodes: [{ name: 'Acme', reviewCount: 30 }] } }

test('a service is added by words, changed and removed, and what that does is said before', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [] })
  await using listening = await gateway.listen()
  await using folder = await temporaryFolder()
  await gateway.create('customer', { name: 'Acme' })
  const trellis = async (words: readonly string[], input = '') => {
    const env = { TRELLIS_KEY: gateway.keys.administrator }
    const ended = await runTrellis(['extension', ...words, '--url', listening.endpoint], { input, env })
    await gateway.trellis.follow()
    return ended
  }
  const merge = ['--merge', 'Customer=id:reviewCustomers(ids:)']
  const add = ['add', 'review', '--at', service.url, ...merge, '--signed', '--timeout', '1500']
  const secret = `whsec_${Buffer.alloc(32, 's').toString('base64')}\n`
  expect(await trellis(add, secret)).toMatchInlineSnapshot(`
    {
      "complained": "",
      "printed": "To add review:

    comes
      Customer.reviewCount
      Query.reviewGreeting

    review is added; gateways follow within two seconds.
    ",
      "status": 0,
    }
  `)
  expect(await gateway.data(counted)).toEqual(whole)
  expect(await gateway.data('{ extensions { remote { timeoutMs isSigned } } }')).toEqual({
    extensions: [{ remote: { timeoutMs: 1500, isSigned: true } }],
  })

  const file = join(folder.path, 'schema.graphql')
  await writeFile(file, reviewSdl.replace('reviewGreeting', 'reviewAnswer'))
  const update = [
    'update',
    'review',
    '--schema',
    file,
    '--remote-version',
    '2.0.0',
    '--header',
    'accept-language',
  ]
  const refused = await trellis(update)
  expect(refused).toMatchObject({ status: 1, complained: expect.stringContaining('nobody is there to ask') })
  expect(refused.printed).toContain('FIELD_REMOVED  Query.reviewGreeting was removed.')
  expect(await trellis([...update, '--yes'])).toMatchObject({ status: 0 })
  expect(await gateway.data('{ extensions { version remote { headers timeoutMs } } }')).toEqual({
    extensions: [{ version: '2.0.0', remote: { headers: ['accept-language'], timeoutMs: 1500 } }],
  })
  expect(await trellis(['update', 'review', '--ask-schema', '--yes'])).toMatchObject({ status: 0 })
  expect(await gateway.data('{ reviewGreeting }')).toEqual({ reviewGreeting: 'Hello.' })

  expect(await trellis(['remove', 'review', '--yes'])).toMatchObject({
    status: 0,
    printed: expect.stringContaining('review is removed; gateways follow within two seconds.'),
  })
  expect(await gateway.data('{ extensions { name } }')).toEqual({ extensions: [] })
}, 240_000)

test.each([
  ['no address', ['add', 'review'], '--at'],
  [
    'a lookup of another form',
    ['add', 'review', '--at', 'http://127.0.0.1:9/', '--merge', 'Customer'],
    'is not of the form',
  ],
  ['a time that is none', ['update', 'review', '--timeout', 'soon'], 'whole number of milliseconds'],
  [
    'a schema that is not there',
    ['add', 'review', '--at', 'http://127.0.0.1:9/', '--schema', 'nowhere.graphql'],
    'cannot be read',
  ],
])('%s is refused', async (_, words, message) => {
  expect(await runTrellis(['extension', ...words])).toEqual({
    status: 2,
    printed: '',
    complained: expect.stringContaining(message),
  })
})
