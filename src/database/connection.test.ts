import { userInfo } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ConnectionStringError, parseConnectionString } from './connection.ts'

describe('an address comes apart', () => {
  test.each([
    [
      'postgres://ann:secret@db.example.com:6432/crm',
      { host: 'db.example.com', port: 6432, user: 'ann', password: 'secret', database: 'crm' },
    ],
    [
      'postgresql://a%40b:p%2Fw%3Ad%25@[::1]/caf%C3%A9',
      { host: '::1', port: 5432, user: 'a@b', password: 'p/w:d%', database: 'café' },
    ],
    [
      'postgres:///crm?host=/run/postgresql&user=ann',
      { host: '/run/postgresql', port: 5432, user: 'ann', database: 'crm' },
    ],
    [
      'postgres://ann:secret@/crm?host=%2Frun%2Fpg',
      { host: '/run/pg', port: 5432, user: 'ann', password: 'secret', database: 'crm' },
    ],
    ['postgres://ann@%2Frun%2Fpg:5433/crm', { host: '/run/pg', port: 5433, user: 'ann', database: 'crm' }],
    ['postgres:///crm', { host: 'localhost', port: 5432, user: userInfo().username, database: 'crm' }],
    [
      'postgres://ann@h/crm?options=-c%20search_path%3Da+b&application_name=shop&connect_timeout=3&channel_binding=require',
      {
        host: 'h',
        port: 5432,
        user: 'ann',
        database: 'crm',
        options: '-c search_path=a+b',
        application_name: 'shop',
        connectionTimeoutMillis: 3000,
        enableChannelBinding: true,
      },
    ],
  ])('%s', (text, parts) => expect(parseConnectionString(text)).toEqual(parts))
})

describe('encryption means what it means to libpq', () => {
  const sslOf = (query: string) => parseConnectionString(`postgres://ann@h/crm?${query}`).ssl

  test.each([
    ['', undefined],
    ['sslmode=disable', false],
    ['ssl=false', false],
    ['sslmode=no-verify', { rejectUnauthorized: false }],
    ['sslmode=require', { rejectUnauthorized: false }],
    ['sslmode=verify-full', { rejectUnauthorized: true }],
    ['sslmode=verify-full&sslrootcert=system', { rejectUnauthorized: true }],
    ['ssl=true', { rejectUnauthorized: true }],
    ['sslmode=verify-ca', { rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }],
  ])('%s', (query, ssl) => expect(sslOf(query)).toEqual(ssl))

  test('certificates are read; with an authority, require checks against it', () => {
    const path = fileURLToPath(import.meta.url)
    const ssl = { ca: expect.stringContaining('certificates are read'), rejectUnauthorized: true }
    expect(sslOf(`sslmode=require&sslrootcert=${path}`)).toMatchObject(ssl)
  })
})

describe('an address that cannot be used is refused, in words that do not show its password', () => {
  test.each([
    ['mysql://ann:sesame@h/crm', 'is not of the form "postgres://user:password@host:5432/database"'],
    ['postgres://ann:ses#ame@h/crm', 'percent-encoded: "@" as %40, "/" as %2F, "#" as %23, "?" as %3F'],
    ['postgres://ann:5432/sesame@h/crm', 'percent-encoded'],
    ['postgres://ann:5432?sesame@h/crm', 'percent-encoded'],
    ['postgres://ann:sesame@h:99999/crm', 'is not of the form'],
    ['postgres://ann:sesame@h:0/crm', 'has the port "0": a port is a number from 1 to 65535'],
    ['postgres://ann:sesame%@h/crm', 'has a "%" in its password that is not followed by a character\'s code'],
    ['postgres://ann:sesame@h', 'names no database: add one'],
    ['postgres://ann:sesame@a,b/crm', 'names several hosts ("a,b"): name one'],
    [
      'postgres://ann:sesame@h/crm?schema=other',
      'has a parameter "schema" that Trellis does not know: remove it',
    ],
    [
      'postgres://ann:sesame@h/crm?sslmode=prefer',
      'has sslmode "prefer": use disable, require, verify-ca or verify-full',
    ],
    ['postgres://ann:sesame@h/crm?ssl=maybe', 'has sslmode "ssl=maybe": use'],
    [
      'postgres://ann:sesame@h/crm?sslmode=require&sslrootcert=/nowhere.pem',
      'the file "/nowhere.pem" as sslrootcert',
    ],
    ['postgres://ann:sesame@h/crm?connect_timeout=soon', 'has connect_timeout=soon: it is a whole number'],
  ])('%s', (text, message) => {
    const parse = () => parseConnectionString(text)
    expect(parse).toThrow(ConnectionStringError)
    expect(parse).toThrow(message)
    expect(parse).not.toThrow(/ses|ame@/)
  })
})
