import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { candidateAddresses } from './address.ts'
import { query } from './fixtures/query.ts'
import { quietLog } from './fixtures/quiet-log.ts'
import { makeScratch } from './fixtures/scratch.ts'
import { startEmbeddedServer } from './index.ts'

test('where a socket would have too long a path, a loopback port with a password serves', async () => {
  await using scratch = await makeScratch({ name: 'long'.repeat(25) })
  const { directory } = scratch
  const home = await scratch.home()
  const candidates = candidateAddresses({ home, data: join(home, 'data') })
  await using squatter = createServer().listen(candidates[0]?.port, '127.0.0.1')
  await once(squatter, 'listening')

  const first = await startEmbeddedServer({ directory, log: quietLog() })
  expect(first.connection).toMatchObject(candidates[1] ?? {})
  expect(await query(first.connection, 'select current_user')).toEqual([{ current_user: 'trellis' }])
  await expect(query({ ...first.connection, password: 'guess' }, 'select 1')).rejects.toThrow(
    'password authentication failed',
  )

  const second = await startEmbeddedServer({ directory, log: quietLog() })
  expect(second.connection).toEqual(first.connection)
  await Promise.all([first.leave(), second.leave()])
})
