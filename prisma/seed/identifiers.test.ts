import { fromString, toUUID } from 'typeid-js'
import { expect, test } from 'vitest'
import { prefixOf } from '../../src/lib/type-id.ts'
import { identify } from './identifiers.ts'
import { createRandom } from './random.ts'

const at = new Date('2026-03-17T12:34:56.789Z')

test('an id is a TypeID over a UUIDv7 of its moment', () => {
  const id = identify('cus', at, createRandom('trellis'))
  expect(prefixOf(id)).toBe('cus')
  const uuid = toUUID(fromString(id))
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16)).toBe(at.getTime())
})

test('ids of one moment are in the order of their sequence', () => {
  const random = createRandom('trellis')
  const ids = Array.from({ length: 50 }, (_, sequence) => identify('oln', at, random, sequence))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(50)
})
