import { expect, test } from 'vitest'
import { createAuthenticator } from './keys.ts'
import { administrator } from './testing/test-gateway.ts'

const key = 'k'.repeat(32)
const loopback = { remoteAddress: '127.0.0.1' }
const users = async (email: string) => (email === 'ada@example.com' ? administrator : null)
const keys = [
  { role: 'AGENT', email: 'ada@example.com', key },
  { role: 'AGENT', email: 'gone@example.com', key: 'g'.repeat(32) },
] as const
const development = { viewer: async () => administrator }

const request = (headers: Readonly<Record<string, string>>) =>
  new Request('http://localhost/graphql', { headers })

test('a key is its user, in the role that the configuration gives it', async () => {
  const authenticate = createAuthenticator({ keys, users, development: null })
  expect(await authenticate(request({ authorization: `Bearer ${key}` }), loopback)).toEqual({
    ...administrator,
    role: 'AGENT',
  })
})

test.each([
  'Bearer wrong',
  `Basic ${key}`,
  'Bearer',
  '',
  `Bearer ${key} ${key}`,
  `Bearer ${key.slice(1)}`,
  `Bearer ${'g'.repeat(32)}`,
])('the header "%s" is nobody, in development too', async authorization => {
  const authenticate = createAuthenticator({ keys, users, development })
  expect(await authenticate(request({ authorization, host: 'localhost:4000' }), loopback)).toBeNull()
})

test.each(['localhost', 'localhost:4000', '127.0.0.1:4000', '[::1]:4000'])(
  'in development, without a header, from this machine to %s, it is the development viewer',
  async host => {
    const authenticate = createAuthenticator({ keys, users, development })
    for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(await authenticate(request({ host }), { remoteAddress })).toBe(administrator)
    }
  },
)

test('a name that was rebound to this machine is not this machine', async () => {
  const authenticate = createAuthenticator({ keys, users, development })
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4000', '']) {
    expect(await authenticate(request({ host }), loopback)).toBeNull()
  }
})

test('another machine is nobody, whatever it says in Host', async () => {
  const authenticate = createAuthenticator({ keys, users, development })
  for (const remoteAddress of ['192.168.1.7', '::ffff:10.0.0.1', 'fe80::1', null]) {
    expect(await authenticate(request({ host: 'localhost' }), { remoteAddress })).toBeNull()
  }
})

test('without a development viewer, no header is nobody', async () => {
  const authenticate = createAuthenticator({ keys, users, development: null })
  expect(await authenticate(request({ host: 'localhost' }), loopback)).toBeNull()
})
