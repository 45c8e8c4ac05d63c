import type { ReadRight, Rights } from '@trellis/sdk'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { readDefinitions } from './read-definitions.ts'
import { readableRecords } from './readable.ts'

const entities = readDefinitions(
  parse(`
    type Sale @entity(prefix: "sal") { amount: Decimal currency: String }
    type User @entity(prefix: "usr") { name: String }
  `),
)

/** Of a viewer who may read one field of sales only. No role is like that yet, so that no request can show it. */
const rights: Rights = {
  read: (entity): ReadRight => ({ entity, rows: { kind: 'all' }, fields: new Set(['currency']) }),
  assert: () => undefined,
}

test('SQL of a module is refused when it needs what the viewer may not read', () => {
  const readable = readableRecords(entities, rights)
  expect(() => readable('Sale', ['currency'])).not.toThrow()
  expect(() => readable('Sale', ['currency', 'amount'])).toThrow('You may not read Sale.amount.')
})
