import { expect, test } from 'vitest'
import { isPrivateAddress, publicLookup } from './addresses.ts'
import { executorFor, failureOfCall, query } from './testing/executor.ts'
import { json, serve } from './testing/serve.ts'

test.each([301, 302, 303, 307, 308])('a redirect (%i) is refused and not followed', async status => {
  await using secrets = await serve(response => json(response, { data: { secret: 'canary' } }))
  for (const location of [secrets.url, 'http://169.254.169.254/latest/meta-data', '//localhost/graphql']) {
    await using remote = await serve(response => response.writeHead(status, { location }).end())
    await using executor = executorFor(remote.url)
    const { kind, message } = await failureOfCall(executor.execute(query()))
    expect({ kind, message }).toEqual({
      kind: 'REDIRECT',
      message: `The extension "reviews" answered with a redirect (${status}).`,
    })
  }
  expect(secrets.seen).toHaveLength(0)
})

test.each([
  'http://127.0.0.1',
  'http://2130706433',
  'http://0x7f.1',
  'http://017700000001',
  'http://[::1]',
  'http://[::ffff:7f00:1]',
  'http://[::ffff:169.254.169.254]',
  'http://[64:ff9b::7f00:1]',
  'http://localhost',
])('without allowPrivate nothing is sent to %s', async origin => {
  await using remote = await serve(response => json(response, { data: {} }))
  await using executor = executorFor(`${origin}:${remote.port}/graphql`, { allowPrivate: false })
  const { kind, message } = await failureOfCall(executor.execute(query()))
  expect({ kind, message }).toEqual({
    kind: 'UNREACHABLE',
    message: 'The extension "reviews" is at a private address, which allowPrivate forbids.',
  })
  expect(remote.seen).toHaveLength(0)
})

test('an operator may name a private address', async () => {
  await using remote = await serve(response => json(response, { data: {} }))
  await using executor = executorFor(`http://localhost:${remote.port}/graphql`)
  expect(await executor.execute(query())).toEqual({ data: {} })
})

test.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1'])('%s is public', address => {
  expect(isPrivateAddress(address)).toBe(false)
})

test('a zone does not hide a link-local address', () => {
  expect(isPrivateAddress('fe80::1%eth0')).toBe(true)
})

test('a name whose addresses are all public is answered in the form that was asked for', async () => {
  const answers = await new Promise(resolve => {
    publicLookup('93.184.216.34', { all: true }, (error, addresses) => resolve({ error, addresses }))
  })
  expect(answers).toEqual({ error: null, addresses: [{ address: '93.184.216.34', family: 4 }] })
})
