import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const unreachable = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }

test.each([
  { words: ['--help'], env: {}, status: 0, said: 'Usage: npm run migrate' },
  { words: ['deploy'], env: {}, status: 2, said: 'There is no command "deploy".' },
  {
    words: ['status'],
    env: unreachable,
    status: 1,
    said: 'Cannot open database "nothing" at 127.0.0.1:1 as nobody',
  },
  { words: ['status'], env: { DATABASE_URL: 'mysql://x' }, status: 1, said: 'DATABASE_URL' },
])('npm run migrate -- $words ends with $status', ({ words, env, status, said }) => {
  const script = join(import.meta.dirname, 'migrate.ts')
  const ended = spawnSync(process.execPath, [script, ...words], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  expect(ended.stdout + ended.stderr).toContain(said)
  expect(ended.status).toBe(status)
})
