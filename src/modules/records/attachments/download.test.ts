import { readdir, rm } from 'node:fs/promises'
import type { OutgoingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  agent,
  type FileDesk,
  nothing,
  openFileDesk,
  pathOf,
  type Sent,
  sha256,
} from './fixtures/file-desk.ts'

let desk: FileDesk
beforeAll(async () => {
  desk = await openFileDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

describe('by rights', () => {
  const refused = async (path: string, sent: Sent = {}) => {
    const { status, code } = await desk.send(path, sent)
    return [status, code()]
  }

  test('without a key, nobody gets or sends anything', async () => {
    const id = await desk.created('Hello')
    expect(await refused(pathOf(id), { as: 'nobody' })).toEqual([401, 'UNAUTHENTICATED'])
    expect(await refused(pathOf(id), { as: 'nobody', method: 'PUT', body: [Buffer.from('x')] })).toEqual([
      401,
      'UNAUTHENTICATED',
    ])
    const { headers } = await desk.send(pathOf(id), { as: 'nobody' })
    expect(headers['www-authenticate']).toBe('Bearer')
  })

  test('who may not see a record does not see its files, as if there were none', async () => {
    const id = await desk.created('Hello')
    const unknown = 'att_01k0000000e00800000000zzzz'
    const answers = []
    for (const path of [pathOf(id), pathOf(unknown)])
      for (const method of ['GET', 'PUT'])
        answers.push(
          await desk.send(path, {
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
    const id = await desk.create({ targetId: desk.customerOfAgent }, agent)
    expect((await desk.putText(id, 'Hello', { as: 'agent' })).status).toBe(201)
    expect((await desk.send(pathOf(id), { as: 'agent' })).status).toBe(200)
  })

  test('who may not change a record may read its files, and not send any', async () => {
    const id = await desk.create({ targetId: desk.campaign })
    const forbidden = await desk.putText(id, 'Hello', { as: 'agent' })
    expect([forbidden.status, forbidden.code()]).toEqual([403, 'FORBIDDEN'])
    expect(await desk.read(id)).toEqual(nothing)
    expect((await desk.putText(id, 'Hello')).status).toBe(201)
    expect((await desk.send(pathOf(id), { as: 'agent' })).bytes.toString()).toBe('Hello')
  })

  test('a page of another site is refused', async () => {
    const id = await desk.created('Hello')
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

  test('a page that may is told so, and what it may read', async () => {
    const origin = 'http://localhost:3000'
    const preflight = await desk.send(pathOf('any'), {
      method: 'OPTIONS',
      as: 'nobody',
      headers: { origin, 'access-control-request-method': 'PUT' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-methods']).toContain('PUT')
    expect(preflight.headers['access-control-allow-headers']).toContain('content-digest')
    const { headers } = await desk.send(pathOf(await desk.created('Hello')), { headers: { origin } })
    expect(headers['access-control-allow-origin']).toBe(origin)
    expect(headers['access-control-expose-headers']).toContain('content-disposition')
  })

  test('what is not there, or not any more, is said to be so', async () => {
    const id = await desk.create()
    expect(await refused(pathOf(id))).toEqual([404, 'NOT_FOUND'])
    const deleted = await desk.created('Hello')
    await desk.gateway.refusals('attachmentDelete', { id: deleted })
    expect(await refused(pathOf(deleted))).toEqual([410, 'NOT_FOUND'])
    expect(await refused(pathOf(deleted), { method: 'PUT', body: [] })).toEqual([410, 'NOT_FOUND'])
    await desk.gateway.refusals('attachmentRestore', { id: deleted })
    expect((await desk.send(pathOf(deleted))).bytes.toString()).toBe('Hello')
  })

  test('other methods are refused', async () => {
    const id = await desk.created('Hello')
    for (const method of ['POST', 'DELETE', 'PATCH'])
      expect(await refused(pathOf(id), { method })).toEqual([405, 'BAD_REQUEST'])
    expect((await desk.send(pathOf(id), { method: 'POST' })).headers.allow).toBe('GET, HEAD, PUT')
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
    expect((await desk.send(path)).status).toBe(404)
    expect((await desk.send(path, { method: 'PUT', body: [Buffer.from('x')] })).status).toBe(404)
  })
})

describe('what is read', () => {
  test('is a part, where a part is asked for', async () => {
    const id = await desk.created('Hello, world')
    const part = async (range: string, more: OutgoingHttpHeaders = {}) => {
      const { status, headers, bytes } = await desk.send(pathOf(id), { headers: { range, ...more } })
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
    const outside = await desk.send(pathOf(id), { headers: { range: 'bytes=12-' } })
    expect([outside.status, outside.headers['content-range']]).toEqual([416, 'bytes */12'])
  })

  test('is not sent again to who has it', async () => {
    const id = await desk.created('Hello')
    const etag = `"${sha256('Hello')}"`
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, bytes, headers } = await desk.send(pathOf(id), { headers: { 'if-none-match': known } })
      expect([status, bytes.length, headers.etag]).toEqual([304, 0, etag])
    }
    expect((await desk.send(pathOf(id), { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    const hidden = await desk.send(pathOf(id), { as: 'agent', headers: { 'if-none-match': '*' } })
    expect(hidden.status).toBe(404)
  })

  test('is described by HEAD', async () => {
    const id = await desk.created('Hello')
    const { status, headers, bytes } = await desk.send(pathOf(id), { method: 'HEAD' })
    expect([status, headers['content-length'], bytes.length]).toEqual([200, '5', 0])
    expect((await desk.send(pathOf(await desk.create()), { method: 'HEAD' })).status).toBe(404)
  })

  test.each([
    ['offer.pdf', 'attachment; filename=offer.pdf'],
    ['my offer.pdf', 'attachment; filename="my offer.pdf"'],
    ['a"b.pdf', 'attachment; filename="a\\"b.pdf"'],
    ['报价 €.pdf', 'attachment; filename="?? ?.pdf"; filename*=UTF-8\'\'%E6%8A%A5%E4%BB%B7%20%E2%82%AC.pdf'],
  ])('has the name %s', async (fileName, disposition) => {
    const id = await desk.created('Hello', { fileName })
    expect((await desk.send(pathOf(id))).headers['content-disposition']).toBe(disposition)
  })

  test('is saved and never run, even where the installation takes pages', async () => {
    const page = '<script>alert(document.domain)</script>'
    const id = await desk.created(page, { mimeType: 'text/html', fileName: 'page.html' })
    const { headers, bytes } = await desk.send(pathOf(id))
    expect(bytes.toString()).toBe(page)
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': 'attachment; filename=page.html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    })
  })

  test('breaks off where the disk fails, and the gateway goes on', async () => {
    const id = await desk.created('Hello')
    const path = (await readdir(desk.gateway.filesDirectory, { recursive: true })).find(name =>
      name.endsWith(id),
    )
    await rm(join(desk.gateway.filesDirectory, String(path)))
    desk.logLines.length = 0
    const answer = await desk.send(pathOf(id))
    expect([answer.status, answer.code()]).toEqual([500, 'INTERNAL'])
    expect(answer.bytes.toString()).not.toContain('storage')
    expect(desk.logLines.join()).toContain(`The storage has no bytes for ${id}`)
    expect((await desk.send(pathOf(await desk.created('Hello')))).status).toBe(200)
  })

  test('is one line in the log each', async () => {
    const id = await desk.created('Hello')
    desk.logLines.length = 0
    await desk.send(pathOf(id))
    const line: unknown = JSON.parse(desk.logLines.join())
    expect(line).toMatchObject({
      method: 'GET',
      path: pathOf(id),
      status: 200,
      viewer: desk.gateway.userIds.administrator,
    })
  })
})
