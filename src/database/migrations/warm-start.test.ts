import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../test/kit/database.ts'
import { createTemporaryMigrations } from '../../../test/kit/temporary-migrations.ts'

/** A process that applies migrations and says what it loaded for that; what holds it afterwards, holds the test. */
const script = `
  import { registerHooks } from 'node:module'
  const loaded = []
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
  const { applyMigrations } = await import('${new URL('./index.ts', import.meta.url).href}')
  const applied = await applyMigrations({ ...JSON.parse(process.argv[1]), log: { info() {} } })
  console.log(JSON.stringify({ applied, engine: loaded.some(url => url.includes('schema-engine-wasm')) }))
`

test('the engine is loaded when something is pending only, and does not keep the process', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({
    '20260101000000_one': 'create table one (id text);',
  })
  const start = async () => {
    const target = JSON.stringify({ ...database, ...migrations })
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script, target],
      // The engine's own timer holds a process for 10 s.
      { timeout: 8_000 },
    )
    return { output: JSON.parse(stdout), stderr }
  }
  expect(await start()).toEqual({ output: { applied: ['20260101000000_one'], engine: true }, stderr: '' })
  expect(await start()).toEqual({ output: { applied: [], engine: false }, stderr: '' })
})
