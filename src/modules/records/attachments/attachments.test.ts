import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  type AskOptions,
  createTestGateway,
  type TestGateway,
  type TestRole,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const megabyte = 1_048_576
const limit = 16 * megabyte
const logLines: string[] = []
const agent: AskOptions = { as: 'agent' }

let gateway: TestGateway
let listening: Awaited<ReturnType<TestGateway['trellis']['gateway']['listen']>>
let customer: string
let customerOfAgent: string
let campaign: string

beforeAll(async () => {
  gateway = await createTestGateway({
    logLines,
    attachments: { limitBytes: limit, types: ['!application/x-msdownload', '*/*'] },
  })
  listening = await gateway.trellis.gateway.listen()
  customer = await gateway.create('customer', { name: 'Harbor Foods' })
  customerOfAgent = await gateway.create('customer', { name: 'Kiefer Works' }, agent)
  campaign = await gateway.create('campaign', { name: 'Spring' })
})
afterAll(async () => {
  await listening.close()
  await gateway[Symbol.asyncDispose]()
})

interface Sent {
  readonly method?: string
  readonly as?: TestRole | 'nobody'
  readonly headers?: OutgoingHttpHeaders
  /** Sent in chunks unless the headers say how long it is. */
  readonly body?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

const pathOf = (id: string): string => `/attachments/${id}/content`

function open(path: string, { method = 'GET', as = 'administrator', headers = {} }: Sent = {}) {
  const identity = as === 'nobody' ? {} : { authorization: `Bearer ${gateway.keys[as]}` }
  // The path as it is written here: a URL would tidy it up.
  const { hostname, port } = new URL(listening.url)
  return httpRequest({ hostname, port, path, method, headers: { ...identity, ...headers } })
}

async function send(path: string, sent: Sent = {}) {
  const outgoing = open(path, sent)
  const answered: Promise<IncomingMessage[]> = once(outgoing, 'response')
  if (sent.body)
    Readable.from(sent.body)
      .on('error', error => outgoing.destroy(error))
      .pipe(outgoing)
  else outgoing.end()
  // Whoever refuses early may close before all is sent.
  outgoing.on('error', () => undefined)
  const [response] = await answered
  if (!response) throw new Error('There was no response.')
  const bytes = Buffer.concat(await response.toArray())
  const { statusCode: status, headers } = response
  return { status, headers, bytes, code: () => codeIn(bytes) }
}

const codeIn = (bytes: Buffer): unknown => valueAt(JSON.parse(bytes.toString()), 'errors.0.extensions.code')

const put = (id: string, body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, sent: Sent = {}) =>
  send(pathOf(id), { method: 'PUT', body, ...sent })

const putText = (id: string, text: string, sent: Sent = {}) =>
  put(id, [Buffer.from(text)], {
    ...sent,
    headers: { 'content-length': Buffer.byteLength(text), ...sent.headers },
  })

const create = (more: Readonly<Record<string, unknown>> = {}, options?: AskOptions) =>
  gateway.create(
    'attachment',
    { targetId: customer, fileName: 'offer.txt', mimeType: 'text/plain', ...more },
    options,
  )

const created = async (text: string, more: Readonly<Record<string, unknown>> = {}) => {
  const id = await create(more)
  expect((await putText(id, text)).status).toBe(201)
  return id
}

const read = async (id: string) =>
  valueAt(
    await gateway.data('query ($id: ID!) { attachment(id: $id) { size sha256 uploadedAt url version } }', {
      id,
    }),
    'attachment',
  )

const sha256 = (data: string | Uint8Array, encoding: 'hex' | 'base64' = 'hex') =>
  createHash('sha256').update(data).digest(encoding)

const staged = () => readdir(join(gateway.filesDirectory, '.incoming')).catch(() => [])

/** Files that are kept, wherever they are. */
const kept = async () =>
  (await readdir(join(gateway.filesDirectory, 'core'), { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(({ name }) => name)

/** So that what is measured is what is held, and not what lies about. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}

const nothing = { size: null, sha256: null, uploadedAt: null, url: null, version: 1 }

/** Waits for what is seen from outside only. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 5))
}

describe('bytes that are sent', () => {
  test('are the attachment’s content from then on, byte by byte', async () => {
    const id = await create()
    expect(await read(id)).toEqual(nothing)
    const answer = await putText(id, 'Hello, world')
    const digest = sha256('Hello, world')
    expect([answer.status, JSON.parse(answer.bytes.toString())]).toEqual([
      201,
      { id, size: 12, sha256: digest },
    ])
    expect(await read(id)).toEqual({
      size: 12,
      sha256: digest,
      uploadedAt: '2026-03-01T12:00:00.000Z',
      url: pathOf(id),
      version: 2,
    })
    const { status, bytes, headers } = await send(pathOf(id))
    expect([status, bytes.toString()]).toEqual([200, 'Hello, world'])
    expect(headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '12',
      'content-disposition': 'attachment; filename=offer.txt',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: `"${digest}"`,
      'repr-digest': `sha-256=:${sha256('Hello, world', 'base64')}:`,
    })
    expect(headers['x-request-id']).toEqual(expect.any(String))
  })

  test.each([
    ['one byte', 1],
    ['no byte at all', 0],
    ['as many as are allowed', limit],
  ])('may be %s, in one piece or in chunks', async (_, size) => {
    const content = randomBytes(size)
    for (const headers of [{ 'content-length': size }, { 'transfer-encoding': 'chunked' }]) {
      const id = await create()
      expect((await put(id, [content], { headers })).status).toBe(201)
      expect(await read(id)).toMatchObject({ size, sha256: sha256(content) })
      const answer = await send(pathOf(id))
      expect(answer.headers['content-length']).toBe(String(size))
      expect(answer.bytes.equals(content)).toBe(true)
    }
  })

  test('leave word in the outbox, and the change counts', async () => {
    const id = await created('Hello')
    const statements = await gateway.statementsOf(() => putText(id, 'Hello'))
    expect(statements.filter(text => /insert|update /i.test(text))).toEqual([])
    expect(await read(id)).toMatchObject({ version: 2 })
  })

  test('are checked against the digest that is sent along', async () => {
    for (const algorithm of ['sha256', 'sha512']) {
      const name = algorithm.replace('sha', 'sha-')
      const right = createHash(algorithm).update('Hello').digest('base64')
      const wrong = createHash(algorithm).update('Hullo').digest('base64')
      const id = await create()
      const refused = await putText(id, 'Hello', { headers: { 'content-digest': `${name}=:${wrong}:` } })
      expect([refused.status, refused.code()]).toEqual([400, 'BAD_REQUEST'])
      expect(refused.bytes.toString()).toContain(right)
      expect(await read(id)).toEqual(nothing)
      const taken = await putText(id, 'Hello', {
        headers: { 'repr-digest': `md5=:xx==:, ${name}=:${right}:` },
      })
      expect(taken.status).toBe(201)
    }
    expect(await staged()).toEqual([])
  })

  test.each(['nonsense', 'sha-256=abc', 'md5=:XrY7u+Ae7tCTyyK7j1rNww==:', ''])(
    'are not read when the digest is %j, which nobody can check',
    async digest => {
      const answer = await putText(await create(), 'Hello', { headers: { 'content-digest': digest } })
      expect([answer.status, answer.code()]).toEqual([400, 'BAD_REQUEST'])
    },
  )

  test('go by in pieces: memory does not hold them', async () => {
    const id = await create()
    const piece = randomBytes(64 * 1024)
    const held = () => {
      collectGarbage()
      return process.memoryUsage().arrayBuffers
    }
    const before = held()
    let most = 0
    async function* pieces() {
      for (let sent = 0; sent < limit; sent += piece.length) {
        if (sent % megabyte === 0) most = Math.max(most, held() - before)
        yield piece
      }
    }
    expect((await put(id, pieces())).status).toBe(201)
    expect(await read(id)).toMatchObject({ size: limit })
    expect(most).toBeLessThan(limit / 4)
  })
})

describe('an upload that is refused, or breaks off, leaves nothing', () => {
  const leavesNothing = async (id: string) => {
    await until(async () => (await staged()).length === 0)
    expect(await kept()).not.toContain(id)
    expect(await read(id)).toEqual(nothing)
  }

  test('too large, and says so: nothing of it is read', async () => {
    const id = await create()
    const answer = await put(id, [Buffer.alloc(limit + 1)], { headers: { 'content-length': limit + 1 } })
    expect([answer.status, answer.code()]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    await leavesNothing(id)
  })

  test('too large, without a word of it: read as far as the limit', async () => {
    const id = await create()
    const answer = await put(id, Array(40).fill(Buffer.alloc(megabyte)))
    expect([answer.status, answer.code()]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    expect(answer.bytes.toString()).toContain(`${limit} bytes`)
    await leavesNothing(id)
  })

  test('a client that hangs up in the middle', async () => {
    const id = await create()
    const outgoing = open(pathOf(id), { method: 'PUT', headers: { 'content-length': megabyte } })
    outgoing.on('error', () => undefined).write(Buffer.alloc(1000))
    await until(async () => (await staged()).length === 1)
    logLines.length = 0
    outgoing.destroy()
    await leavesNothing(id)
    await until(() => logLines.some(line => line.includes(pathOf(id))))
    // It was not we who failed.
    expect(logLines.filter(line => line.includes('"level":50'))).toEqual([])
    expect((await putText(id, 'Hello')).status).toBe(201)
  })

  test.each([
    ['another type', { 'content-type': 'text/html' }, 415],
    ['no type', { 'content-type': 'nonsense' }, 415],
    ['packed bytes', { 'content-encoding': 'gzip' }, 415],
    ['a part', { 'content-range': 'bytes 0-4/10' }, 400],
  ])('%s', async (_, headers, status) => {
    const id = await create()
    const answer = await putText(id, 'Hello', { headers })
    expect([answer.status, answer.code()]).toEqual([status, 'BAD_REQUEST'])
    await leavesNothing(id)
  })

  test('the type may have other parameters', async () => {
    const headers = { 'content-type': 'Text/Plain; charset=utf-8' }
    expect((await putText(await create(), 'Hello', { headers })).status).toBe(201)
  })
})

describe('content never changes', () => {
  test('other bytes are refused, the same ones are not', async () => {
    const id = await created('Hello')
    for (const answer of [
      await putText(id, 'Hullo'),
      await putText(id, 'Hello, world'),
      await put(id, [Buffer.from('Hello, world')]),
    ])
      expect([answer.status, answer.code()]).toEqual([409, 'CONFLICT'])
    expect((await putText(id, 'Hello')).status).toBe(200)
    expect((await send(pathOf(id))).bytes.toString()).toBe('Hello')
    expect(await staged()).toEqual([])
  })

  test.each([
    ['different', ['Hello', 'Hullo'], ['201', '409']],
    ['alike', ['Hello', 'Hello'], ['200', '201']],
  ])('of two uploads at once that are %s, one is kept', async (_, texts, statuses) => {
    const id = await create()
    const bothCameIn = Promise.withResolvers<void>()
    const answers = texts.map(text =>
      put(
        id,
        (async function* () {
          yield Buffer.from(text.slice(0, 2))
          await bothCameIn.promise
          yield Buffer.from(text.slice(2))
        })(),
      ),
    )
    await until(async () => (await staged()).length === 2)
    bothCameIn.resolve()
    const done = await Promise.all(answers)
    expect(done.map(({ status }) => String(status)).toSorted()).toEqual(statuses)
    const winner = texts[done.findIndex(({ status }) => status === 201)]
    expect((await send(pathOf(id))).bytes.toString()).toBe(winner)
    expect(await staged()).toEqual([])
  })
})

describe('who may not', () => {
  const refused = async (path: string, sent: Sent = {}) => {
    const { status, code } = await send(path, sent)
    return [status, code()]
  }

  test('without a key, nobody gets or sends anything', async () => {
    const id = await created('Hello')
    expect(await refused(pathOf(id), { as: 'nobody' })).toEqual([401, 'UNAUTHENTICATED'])
    expect(await refused(pathOf(id), { as: 'nobody', method: 'PUT', body: [Buffer.from('x')] })).toEqual([
      401,
      'UNAUTHENTICATED',
    ])
    const { headers } = await send(pathOf(id), { as: 'nobody' })
    expect(headers['www-authenticate']).toBe('Bearer')
  })

  test('see a record do not see its files, as if there were none', async () => {
    const id = await created('Hello')
    const unknown = 'att_01k0000000e00800000000zzzz'
    const answers = []
    for (const path of [pathOf(id), pathOf(unknown)])
      for (const method of ['GET', 'PUT'])
        answers.push(
          await send(path, {
            method,
            as: 'agent',
            ...(method === 'PUT' && { body: [Buffer.from('Hello')] }),
          }),
        )
    const shown = answers.map(({ status, bytes }) => {
      const text = bytes.toString().replaceAll(/att_\w+|"requestId":"[^"]+"/g, '…')
      return `${status} ${text}`
    })
    expect(new Set(shown).size).toBe(1)
    expect(shown[0]).toMatch(/^404 .*NOT_FOUND/)
  })

  test('an agent has the files of own records', async () => {
    const id = await create({ targetId: customerOfAgent }, agent)
    expect((await putText(id, 'Hello', { as: 'agent' })).status).toBe(201)
    expect((await send(pathOf(id), { as: 'agent' })).status).toBe(200)
  })

  test('change a record may read its files, and not send any', async () => {
    const id = await create({ targetId: campaign })
    const forbidden = await putText(id, 'Hello', { as: 'agent' })
    expect([forbidden.status, forbidden.code()]).toEqual([403, 'FORBIDDEN'])
    expect(await read(id)).toEqual(nothing)
    expect((await putText(id, 'Hello')).status).toBe(201)
    expect((await send(pathOf(id), { as: 'agent' })).bytes.toString()).toBe('Hello')
  })

  test('a page of another site', async () => {
    const id = await created('Hello')
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect(await refused(pathOf(id), { headers: foreign })).toEqual([403, 'BAD_REQUEST'])
    expect(await refused(pathOf(id), { method: 'PUT', headers: foreign, body: [] })).toEqual([
      403,
      'BAD_REQUEST',
    ])
    expect(await refused(pathOf(id), { headers: { 'sec-fetch-site': 'cross-site' } })).toEqual([
      403,
      'BAD_REQUEST',
    ])
  })

  test('a page that may: it is told so, and what it may read', async () => {
    const origin = 'http://localhost:3000'
    const preflight = await send(pathOf('any'), {
      method: 'OPTIONS',
      as: 'nobody',
      headers: { origin, 'access-control-request-method': 'PUT' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-methods']).toContain('PUT')
    expect(preflight.headers['access-control-allow-headers']).toContain('content-digest')
    const { headers } = await send(pathOf(await created('Hello')), { headers: { origin } })
    expect(headers['access-control-allow-origin']).toBe(origin)
    expect(headers['access-control-expose-headers']).toContain('content-disposition')
  })

  test('ask what is not there', async () => {
    const id = await create()
    expect(await refused(pathOf(id))).toEqual([404, 'NOT_FOUND'])
    const deleted = await created('Hello')
    await gateway.refusals('attachmentDelete', { id: deleted })
    expect(await refused(pathOf(deleted))).toEqual([410, 'NOT_FOUND'])
    expect(await refused(pathOf(deleted), { method: 'PUT', body: [] })).toEqual([410, 'NOT_FOUND'])
    await gateway.refusals('attachmentRestore', { id: deleted })
    expect((await send(pathOf(deleted))).bytes.toString()).toBe('Hello')
  })

  test('take a method that is none', async () => {
    const id = await created('Hello')
    for (const method of ['POST', 'DELETE', 'PATCH'])
      expect(await refused(pathOf(id), { method })).toEqual([405, 'BAD_REQUEST'])
    expect((await send(pathOf(id), { method: 'POST' })).headers.allow).toBe('GET, HEAD, PUT')
  })

  test.each([
    '/attachments/../../etc/passwd/content',
    '/attachments/..%2f..%2f..%2fetc%2fpasswd/content',
    '/attachments/%2e%2e/content',
    '/attachments/%00/content',
    '/attachments/%ff/content',
    '/attachments//content',
    '/attachments/att_01k0000000e00800000000zzzz%2fcontent',
  ])('%s leads nowhere', async path => {
    expect((await send(path)).status).toBe(404)
    expect((await send(path, { method: 'PUT', body: [Buffer.from('x')] })).status).toBe(404)
  })
})

describe('what is read', () => {
  test('is a part, where a part is asked for', async () => {
    const id = await created('Hello, world')
    const part = async (range: string, more: OutgoingHttpHeaders = {}) => {
      const { status, headers, bytes } = await send(pathOf(id), { headers: { range, ...more } })
      return [status, headers['content-range'], bytes.toString()]
    }
    const whole = [200, undefined, 'Hello, world']
    expect(await part('bytes=0-4')).toEqual([206, 'bytes 0-4/12', 'Hello'])
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-11/12', 'world'])
    expect(await part('bytes=-5')).toEqual([206, 'bytes 7-11/12', 'world'])
    expect(await part('bytes=-50')).toEqual([206, 'bytes 0-11/12', 'Hello, world'])
    expect(await part('bytes=7-99')).toEqual([206, 'bytes 7-11/12', 'world'])
    for (const other of ['bytes=0-1,3-4', 'lines=1-2', 'bytes=5-4', 'bytes=-'])
      expect(await part(other)).toEqual(whole)
    const etag = `"${sha256('Hello, world')}"`
    expect(await part('bytes=0-4', { 'if-range': etag })).toEqual([206, 'bytes 0-4/12', 'Hello'])
    expect(await part('bytes=0-4', { 'if-range': '"other"' })).toEqual(whole)
    const outside = await send(pathOf(id), { headers: { range: 'bytes=12-' } })
    expect([outside.status, outside.headers['content-range']]).toEqual([416, 'bytes */12'])
  })

  test('is not sent again to who has it', async () => {
    const id = await created('Hello')
    const etag = `"${sha256('Hello')}"`
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, bytes, headers } = await send(pathOf(id), { headers: { 'if-none-match': known } })
      expect([status, bytes.length, headers.etag]).toEqual([304, 0, etag])
    }
    expect((await send(pathOf(id), { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    const hidden = await send(pathOf(id), { as: 'agent', headers: { 'if-none-match': '*' } })
    expect(hidden.status).toBe(404)
  })

  test('is described by HEAD', async () => {
    const id = await created('Hello')
    const { status, headers, bytes } = await send(pathOf(id), { method: 'HEAD' })
    expect([status, headers['content-length'], bytes.length]).toEqual([200, '5', 0])
    expect((await send(pathOf(await create()), { method: 'HEAD' })).status).toBe(404)
  })

  test.each([
    ['offer.pdf', 'attachment; filename=offer.pdf'],
    ['my offer.pdf', 'attachment; filename="my offer.pdf"'],
    ['a"b.pdf', 'attachment; filename="a\\"b.pdf"'],
    ['报价 €.pdf', 'attachment; filename="?? ?.pdf"; filename*=UTF-8\'\'%E6%8A%A5%E4%BB%B7%20%E2%82%AC.pdf'],
  ])('has the name %s', async (fileName, disposition) => {
    const id = await created('Hello', { fileName })
    expect((await send(pathOf(id))).headers['content-disposition']).toBe(disposition)
  })

  test('is saved and never run, even where the installation takes pages', async () => {
    const page = '<script>alert(document.domain)</script>'
    const id = await created(page, { mimeType: 'text/html', fileName: 'page.html' })
    const { headers, bytes } = await send(pathOf(id))
    expect(bytes.toString()).toBe(page)
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': 'attachment; filename=page.html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    })
  })

  test('breaks off where the disk fails, and the gateway goes on', async () => {
    const id = await created('Hello')
    const path = (await readdir(gateway.filesDirectory, { recursive: true })).find(name => name.endsWith(id))
    await rm(join(gateway.filesDirectory, String(path)))
    logLines.length = 0
    const answer = await send(pathOf(id))
    expect([answer.status, answer.code()]).toEqual([500, 'INTERNAL'])
    expect(answer.bytes.toString()).not.toContain('storage')
    expect(logLines.join()).toContain(`The storage has no bytes for ${id}`)
    expect((await send(pathOf(await created('Hello')))).status).toBe(200)
  })

  test('is one line in the log each', async () => {
    const id = await created('Hello')
    logLines.length = 0
    await send(pathOf(id))
    const line: unknown = JSON.parse(logLines.join())
    expect(line).toMatchObject({
      method: 'GET',
      path: pathOf(id),
      status: 200,
      viewer: gateway.userIds.administrator,
    })
  })
})

describe('an attachment', () => {
  test.each([
    ['../offer.pdf', 'fileName'],
    ['C:\\offer.pdf', 'fileName'],
    ['..', 'fileName'],
    ['a\nb.pdf', 'fileName'],
    ['\u202efdp.exe', 'fileName'],
  ])('is not created with the name %j', async (fileName, field) => {
    expect(
      await gateway.refusals('attachmentCreate', { targetId: customer, fileName, mimeType: 'text/plain' }),
    ).toEqual([`INVALID_FORMAT input.${field}`])
    const id = await create()
    expect(await gateway.refusals('attachmentUpdate', { id, fileName })).toEqual([
      `INVALID_FORMAT input.${field}`,
    ])
  })

  test('is not created with a type that is none, or that is not taken', async () => {
    const refusals = (mimeType: string) =>
      gateway.refusals('attachmentCreate', { targetId: customer, fileName: 'a', mimeType })
    expect(await refusals('text')).toEqual(['INVALID_FORMAT input.mimeType'])
    expect(await refusals('text/plain\r\nx: y')).toEqual(['INVALID_FORMAT input.mimeType'])
    expect(await refusals('Application/X-msdownload; a=b')).toEqual(['TYPE_NOT_ALLOWED input.mimeType'])
  })

  test('has its address in lists without a statement more, from what the address is made of', async () => {
    const id = await created('Hello', { targetId: customerOfAgent })
    const question = `{ customers(filter: { attachments: { some: { id: { eq: "${id}" } } } }) { nodes { attachments(filter: { id: { eq: "${id}" } }) { nodes { url } } } } }`
    const answer = { customers: { nodes: [{ attachments: { nodes: [{ url: pathOf(id) }] } }] } }
    for (const _ of ['first', 'second'])
      expect(
        await gateway.statementsOf(async () =>
          expect(await gateway.data(question, {}, agent)).toEqual(answer),
        ),
      ).toHaveLength(1)
    const [statement] = await gateway.statementsOf(() => gateway.data(question))
    expect(statement).toContain('uploadedAt')
    expect(statement).not.toContain('storageKey')
  })

  test('goes along a dry run without a trace', async () => {
    const before = await gateway.rowsIn('Attachment')
    await gateway.data(
      'mutation ($input: AttachmentCreateInput!) @dryRun { attachmentCreate(input: $input) { attachment { url } userErrors { code } } }',
      { input: { targetId: customer, fileName: 'a', mimeType: 'text/plain' } },
    )
    expect(await gateway.rowsIn('Attachment')).toBe(before)
  })
})
