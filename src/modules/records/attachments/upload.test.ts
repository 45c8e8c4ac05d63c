import { createHash, randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  agent,
  type FileDesk,
  limit,
  megabyte,
  nothing,
  openFileDesk,
  pathOf,
  sha256,
  until,
} from './fixtures/file-desk.ts'

let desk: FileDesk
beforeAll(async () => {
  desk = await openFileDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

/** So that what is measured is what is held, and not what lies about. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}

describe('bytes that are sent', () => {
  test('are the attachment’s content from then on, byte by byte', async () => {
    const id = await desk.create()
    expect(await desk.read(id)).toEqual(nothing)
    const answer = await desk.putText(id, 'Hello, world')
    const digest = sha256('Hello, world')
    expect([answer.status, JSON.parse(answer.bytes.toString())]).toEqual([
      201,
      { id, size: 12, sha256: digest },
    ])
    expect(await desk.read(id)).toEqual({
      size: 12,
      sha256: digest,
      uploadedAt: '2026-03-01T12:00:00.000Z',
      url: pathOf(id),
      version: 2,
    })
    const { status, bytes, headers } = await desk.send(pathOf(id))
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
      const id = await desk.create()
      expect((await desk.put(id, [content], { headers })).status).toBe(201)
      expect(await desk.read(id)).toMatchObject({ size, sha256: sha256(content) })
      const answer = await desk.send(pathOf(id))
      expect(answer.headers['content-length']).toBe(String(size))
      expect(answer.bytes.equals(content)).toBe(true)
    }
  })

  test('leave word in the outbox, and the change counts', async () => {
    const id = await desk.created('Hello')
    const statements = await desk.gateway.statementsOf(() => desk.putText(id, 'Hello'))
    expect(statements.filter(text => /insert|update /i.test(text))).toEqual([])
    expect(await desk.read(id)).toMatchObject({ version: 2 })
  })

  test('are checked against the digest that is sent along', async () => {
    for (const algorithm of ['sha256', 'sha512']) {
      const name = algorithm.replace('sha', 'sha-')
      const right = createHash(algorithm).update('Hello').digest('base64')
      const wrong = createHash(algorithm).update('Hullo').digest('base64')
      const id = await desk.create()
      const refused = await desk.putText(id, 'Hello', { headers: { 'content-digest': `${name}=:${wrong}:` } })
      expect([refused.status, refused.code()]).toEqual([400, 'BAD_REQUEST'])
      expect(refused.bytes.toString()).toContain(right)
      expect(await desk.read(id)).toEqual(nothing)
      const taken = await desk.putText(id, 'Hello', {
        headers: { 'repr-digest': `md5=:xx==:, ${name}=:${right}:` },
      })
      expect(taken.status).toBe(201)
    }
    expect(await desk.staged()).toEqual([])
  })

  test.each(['nonsense', 'sha-256=abc', 'md5=:XrY7u+Ae7tCTyyK7j1rNww==:', ''])(
    'are not read when the digest is %j, which nobody can check',
    async digest => {
      const answer = await desk.putText(await desk.create(), 'Hello', {
        headers: { 'content-digest': digest },
      })
      expect([answer.status, answer.code()]).toEqual([400, 'BAD_REQUEST'])
    },
  )

  test('go by in pieces: memory does not hold them', async () => {
    const id = await desk.create()
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
    expect((await desk.put(id, pieces())).status).toBe(201)
    expect(await desk.read(id)).toMatchObject({ size: limit })
    expect(most).toBeLessThan(limit / 4)
  })
})

describe('an upload that is refused, or breaks off, leaves nothing', () => {
  const leavesNothing = async (id: string) => {
    await until(async () => (await desk.staged()).length === 0)
    expect(await desk.kept()).not.toContain(id)
    expect(await desk.read(id)).toEqual(nothing)
  }

  test('too large, and says so: nothing of it is read', async () => {
    const id = await desk.create()
    const answer = await desk.put(id, [Buffer.alloc(limit + 1)], { headers: { 'content-length': limit + 1 } })
    expect([answer.status, answer.code()]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    await leavesNothing(id)
  })

  test('too large, without a word of it: read as far as the limit', async () => {
    const id = await desk.create()
    const answer = await desk.put(id, Array(40).fill(Buffer.alloc(megabyte)))
    expect([answer.status, answer.code()]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    expect(answer.bytes.toString()).toContain(`${limit} bytes`)
    await leavesNothing(id)
  })

  test('a client that hangs up in the middle', async () => {
    const id = await desk.create()
    const outgoing = desk.open(pathOf(id), { method: 'PUT', headers: { 'content-length': megabyte } })
    outgoing.on('error', () => undefined).write(Buffer.alloc(1000))
    await until(async () => (await desk.staged()).length === 1)
    desk.logLines.length = 0
    outgoing.destroy()
    await leavesNothing(id)
    await until(() => desk.logLines.some(line => line.includes(pathOf(id))))
    // It was not we who failed.
    expect(desk.logLines.filter(line => line.includes('"level":50'))).toEqual([])
    expect((await desk.putText(id, 'Hello')).status).toBe(201)
  })

  test.each([
    ['another type', { 'content-type': 'text/html' }, 415],
    ['no type', { 'content-type': 'nonsense' }, 415],
    ['packed bytes', { 'content-encoding': 'gzip' }, 415],
    ['a part', { 'content-range': 'bytes 0-4/10' }, 400],
  ])('%s', async (_, headers, status) => {
    const id = await desk.create()
    const answer = await desk.putText(id, 'Hello', { headers })
    expect([answer.status, answer.code()]).toEqual([status, 'BAD_REQUEST'])
    await leavesNothing(id)
  })

  test('the type may have other parameters', async () => {
    const headers = { 'content-type': 'Text/Plain; charset=utf-8' }
    expect((await desk.putText(await desk.create(), 'Hello', { headers })).status).toBe(201)
  })
})

describe('content never changes', () => {
  test('other bytes are refused, the same ones are not', async () => {
    const id = await desk.created('Hello')
    for (const answer of [
      await desk.putText(id, 'Hullo'),
      await desk.putText(id, 'Hello, world'),
      await desk.put(id, [Buffer.from('Hello, world')]),
    ])
      expect([answer.status, answer.code()]).toEqual([409, 'CONFLICT'])
    expect((await desk.putText(id, 'Hello')).status).toBe(200)
    expect((await desk.send(pathOf(id))).bytes.toString()).toBe('Hello')
    expect(await desk.staged()).toEqual([])
  })

  test.each([
    ['different', ['Hello', 'Hullo'], ['201', '409']],
    ['alike', ['Hello', 'Hello'], ['200', '201']],
  ])('of two uploads at once that are %s, one is kept', async (_, texts, statuses) => {
    const id = await desk.create()
    const bothCameIn = Promise.withResolvers<void>()
    const answers = texts.map(text =>
      desk.put(
        id,
        (async function* () {
          yield Buffer.from(text.slice(0, 2))
          await bothCameIn.promise
          yield Buffer.from(text.slice(2))
        })(),
      ),
    )
    await until(async () => (await desk.staged()).length === 2)
    bothCameIn.resolve()
    const done = await Promise.all(answers)
    expect(done.map(({ status }) => String(status)).toSorted()).toEqual(statuses)
    const winner = texts[done.findIndex(({ status }) => status === 201)]
    expect((await desk.send(pathOf(id))).bytes.toString()).toBe(winner)
    expect(await desk.staged()).toEqual([])
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
      await desk.gateway.refusals('attachmentCreate', {
        targetId: desk.customer,
        fileName,
        mimeType: 'text/plain',
      }),
    ).toEqual([`INVALID_FORMAT input.${field}`])
    const id = await desk.create()
    expect(await desk.gateway.refusals('attachmentUpdate', { id, fileName })).toEqual([
      `INVALID_FORMAT input.${field}`,
    ])
  })

  test('is not created with a type that is none, or that is not taken', async () => {
    const refusals = (mimeType: string) =>
      desk.gateway.refusals('attachmentCreate', { targetId: desk.customer, fileName: 'a', mimeType })
    expect(await refusals('text')).toEqual(['INVALID_FORMAT input.mimeType'])
    expect(await refusals('text/plain\r\nx: y')).toEqual(['INVALID_FORMAT input.mimeType'])
    expect(await refusals('Application/X-msdownload; a=b')).toEqual(['TYPE_NOT_ALLOWED input.mimeType'])
  })

  test('has its address in lists without a statement more, from what the address is made of', async () => {
    const id = await desk.created('Hello', { targetId: desk.customerOfAgent })
    const question = `{ customers(filter: { attachments: { some: { id: { eq: "${id}" } } } }) { nodes { attachments(filter: { id: { eq: "${id}" } }) { nodes { url } } } } }`
    const answer = { customers: { nodes: [{ attachments: { nodes: [{ url: pathOf(id) }] } }] } }
    for (const _ of ['first', 'second'])
      expect(
        await desk.gateway.statementsOf(async () =>
          expect(await desk.gateway.data(question, {}, agent)).toEqual(answer),
        ),
      ).toHaveLength(1)
    const [statement] = await desk.gateway.statementsOf(() => desk.gateway.data(question))
    expect(statement).toContain('uploadedAt')
    expect(statement).not.toContain('storageKey')
  })

  test('goes along a dry run without a trace', async () => {
    const before = await desk.gateway.rowsIn('Attachment')
    await desk.gateway.data(
      'mutation ($input: AttachmentCreateInput!) @dryRun { attachmentCreate(input: $input) { attachment { url } userErrors { code } } }',
      { input: { targetId: desk.customer, fileName: 'a', mimeType: 'text/plain' } },
    )
    expect(await desk.gateway.rowsIn('Attachment')).toBe(before)
  })
})
