import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectionString } from '../../../test/kit/connection-string.ts'
import { createEmptyDatabase } from '../../../test/kit/database.ts'
import { migrate } from './migrate.ts'

test('from a schema to tables: status, new, apply, for the core and for an extension', async () => {
  await using house = await createHouse()

  expect(await house.migrate('new', 'initial')).toMatchObject({
    code: 0,
    said: expect.stringContaining('CREATE TABLE "Customer"'),
  })
  expect(await house.migrate('new', 'initial', '--extension', 'bonus-points')).toMatchObject({ code: 0 })
  expect(await house.migrate('status')).toEqual({
    code: 1,
    said: `core (schema public): 0 applied, 1 pending
  pending  TIME_initial
bonus-points (schema ext_bonus_points): 0 applied, 1 pending
  pending  TIME_initial`,
  })
  expect((await house.migrate()).said).toMatch(/Applied TIME_initial\.\n.*\nApplied TIME_initial\./s)
  expect(await house.migrate()).toEqual({
    code: 0,
    said: 'core (schema public): 1 applied\nbonus-points (schema ext_bonus_points): 1 applied',
  })
  expect(await house.migrate('new', 'more')).toEqual({
    code: 0,
    said: 'The migrations already lead to the Prisma schema: nothing to write.',
  })
})

test('wrong words end with 2 and the usage or the name, before anything is done', async () => {
  await using house = await createHouse()
  expect(await house.migrate('deploy')).toMatchObject({
    code: 2,
    said: expect.stringMatching(/^There is no command "deploy"\.\n\nUsage: npm run migrate/),
  })
  expect(await house.migrate('new', 'Add-Tags')).toMatchObject({ code: 2 })
  expect(await house.migrate('new', 'tags', '--extension', 'nobody')).toMatchObject({
    code: 2,
    said: expect.stringContaining('No extension "nobody" has a Prisma schema'),
  })
})

test('what cannot be done ends with 1 and says why', async () => {
  await using house = await createHouse()
  expect(await house.migrate()).toMatchObject({
    code: 1,
    said: expect.stringContaining('write the first one with npm run migrate -- new NAME'),
  })
})

/** A folder with a core and one extension, neither migrated yet, and an empty database. */
async function createHouse() {
  await using closing = new AsyncDisposableStack()
  const { connection } = closing.use(await createEmptyDatabase())
  const root = await mkdtemp(join(tmpdir(), 'trellis-house-'))
  closing.defer(() => rm(root, { recursive: true }))
  const write = async (folder: string, model: string) => {
    await mkdir(join(root, folder), { recursive: true })
    const schema = `datasource db {\n  provider = "postgresql"\n}\nmodel ${model} {\n  id String @id\n}\n`
    await writeFile(join(root, folder, 'schema.prisma'), schema)
  }
  await write('prisma/schema', 'Customer')
  await write('extensions/bonus-points/prisma', 'Account')
  const resources = closing.move()
  return {
    async migrate(...words: string[]) {
      const lines: string[] = []
      const hear = (line: string) => void lines.push(line)
      const database = () => ({ url: connectionString(connection), dataDirectory: root })
      const code = await migrate({ words, database, root, print: hear, complain: hear })
      return { code, said: lines.join('\n').replaceAll(/\d{14}/g, 'TIME') }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
