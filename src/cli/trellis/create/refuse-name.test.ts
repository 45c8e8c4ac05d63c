import { defineExtension } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { refuseName, refuseWhatDoesNotCompose } from './refuse-name.ts'

const extensionOf = (name: string, typeDefs: string) => defineExtension({ name, version: '1.0.0', typeDefs })

const others = [
  extensionOf('undescribed', 'extend type Customer { undescribed: Int }'),
  extensionOf('unfit', '"Unfit." type UnfitThing { "What is not there." of: UnfitMissing }'),
  extensionOf('Misnamed', ''),
]

test('what is wrong with others is theirs to mend', () => {
  const visit = extensionOf('visit', '"A visit." type VisitSummary { "How many." count: Int }')
  expect(() => refuseName('visit', others)).not.toThrow()
  expect(() => refuseWhatDoesNotCompose('visit', [...others, visit])).not.toThrow()
})

test('a name that leads to what another extension has is refused', () => {
  const typeDefs = 'extend type Customer { "Words." shopCart: String }'
  expect(() =>
    refuseWhatDoesNotCompose('shop-cart', [
      extensionOf('shop', typeDefs),
      extensionOf('shop-cart', typeDefs),
    ]),
  ).toThrow('What this name leads to does not compose.')
})

test('a name of which there is another is taken', () => {
  expect(() => refuseName('undescribed', others)).toThrow('is installed already')
})
