import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTrellisProcess, temporaryFolder } from './kit/process.ts'

// One data folder for all: making a database takes longer than everything else here.
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

/** Asks a listening Trellis; answers the status and the body. */
async function ask(url: string, query: string, key?: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, body: await response.json() }
}

const keysMade = async (): Promise<readonly string[]> => {
  const keys: unknown = JSON.parse(await readFile(join(folder.path, 'keys.json'), 'utf8'))
  return Array.isArray(keys) ? keys.map(({ key }: { key: string }) => key) : []
}

test('a first start makes a database with sample data, keys for both roles, and says where everything is', async () => {
  await using trellis = startTrellisProcess({ env: { TRELLIS_DATA: folder.path }, words: [] })
  const url = await trellis.url
  const [administrator = '', agent = ''] = await keysMade()
  expect(trellis.output()).toContain(`GraphiQL   ${url}/graphql`)
  expect(trellis.output()).toContain(administrator)
  expect(trellis.output()).toContain(agent)
  expect(await ask(url, '{ viewer { role } customers { totalCount } }')).toMatchObject({
    status: 200,
    body: { data: { viewer: { role: 'ADMINISTRATOR' }, customers: { totalCount: expect.any(Number) } } },
  })
  expect(await ask(url, '{ viewer { role } }', agent)).toMatchObject({
    body: { data: { viewer: { role: 'AGENT' } } },
  })
  expect(await trellis.end('SIGTERM')).toBe(0)
})

test('in production a key is required, on the embedded database too', async () => {
  await using trellis = startTrellisProcess({ env: { TRELLIS_DATA: folder.path, NODE_ENV: 'production' } })
  const url = await trellis.url
  expect(await ask(url, '{ viewer { name } }')).toMatchObject({
    status: 401,
    body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  })
  const [administrator = ''] = await keysMade()
  expect(await ask(url, '{ viewer { name } }', administrator)).toMatchObject({ status: 200 })
})

test('what was acknowledged survives kill -9, and the next start has it', async () => {
  const env = { TRELLIS_DATA: folder.path }
  const first = startTrellisProcess({ env })
  const made = await ask(
    await first.url,
    'mutation { teamCreate(input: { name: "Acknowledged" }) { team { id } } }',
  )
  expect(made.status).toBe(200)
  await first.end('SIGKILL')
  await using second = startTrellisProcess({ env })
  expect(
    await ask(await second.url, '{ teams(filter: { name: { eq: "Acknowledged" } }) { totalCount } }'),
  ).toMatchObject({
    body: { data: { teams: { totalCount: 1 } } },
  })
})

test('two gateways share one embedded database, and the last one to leave stops it', async () => {
  const env = { TRELLIS_DATA: folder.path }
  await using first = startTrellisProcess({ env })
  await using second = startTrellisProcess({ env })
  await ask(await first.url, 'mutation { teamCreate(input: { name: "Shared" }) { team { id } } }')
  const url = await second.url
  expect(await first.end('SIGTERM')).toBe(0)
  expect(await ask(url, '{ teams(filter: { name: { eq: "Shared" } }) { totalCount } }')).toMatchObject({
    body: { data: { teams: { totalCount: 1 } } },
  })
  expect(await second.end('SIGTERM')).toBe(0)
})

test('SIGTERM lets a request in flight finish', async () => {
  await using trellis = startTrellisProcess({ env: { TRELLIS_DATA: folder.path } })
  const url = await trellis.url
  const fields = Array.from(
    { length: 30 },
    (_, index) => `m${index}: teamCreate(input: { name: "Team ${index}" }) { team { name } }`,
  )
  const asked = ask(url, `mutation { ${fields.join(' ')} }`)
  await new Promise(resolve => setTimeout(resolve, 20))
  const ended = trellis.end('SIGTERM')
  expect(await asked).toMatchObject({ status: 200, body: { data: { m29: { team: { name: 'Team 29' } } } } })
  expect(await ended).toBe(0)
})

test('a port in use is an error that names the port and says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await using trellis = startTrellisProcess({ env: { TRELLIS_DATA: folder.path, PORT: String(port) } })
  expect(await trellis.exit).toBe(1)
  expect(trellis.output()).toMatch(new RegExp(`${port}.*PORT`, 's'))
  other.close()
})

test.for([
  {
    claim: 'a DATABASE_URL that nobody answers',
    env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' },
    says: /127\.0\.0\.1.*DATABASE_URL/s,
  },
  {
    claim: 'a DATABASE_URL that is none',
    env: { DATABASE_URL: 'mysql://localhost/x' },
    says: /DATABASE_URL.*postgres/s,
  },
  { claim: 'a PORT that is none', env: { PORT: 'many' }, says: /PORT is "many".*whole number/s },
  { claim: 'a word that is unknown', env: {}, words: ['--sample'], says: /--sample/ },
])('$claim ends the start with a clear error', async ({ env, says, words }) => {
  await using trellis = startTrellisProcess({
    env: { TRELLIS_DATA: folder.path, ...env },
    ...(words && { words }),
  })
  expect(await trellis.exit).toBe(1)
  expect(trellis.output()).toMatch(says)
  expect(trellis.output()).not.toMatch(/\n\s+at /)
})

test('a data folder that is a file is an error that names it', async () => {
  const file = join(folder.path, 'file')
  await writeFile(file, '')
  await using trellis = startTrellisProcess({ env: { TRELLIS_DATA: file } })
  expect(await trellis.exit).toBe(1)
  expect(trellis.output()).toContain(file)
})
