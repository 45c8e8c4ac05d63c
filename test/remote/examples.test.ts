import { remoteExtension } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { compose } from '../../src/composition/index.ts'
import { createCore } from '../../src/start/core.ts'
import { trellisVersion } from '../../src/start/version.ts'

const review = remoteExtension({
  name: 'review',
  permissions: { AGENT: '*' },
  version: '1.0.0',
  url: 'http://localhost/graphql',
  schema: '../../examples/reviews-service/schema.graphql',
  merge: {
    Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' },
    Product: { key: 'id', lookup: 'reviewProducts(ids:)' },
  },
})

test('the reviews service composes with the core without a problem', () => {
  const { core } = createCore()
  const { schema, problems, ownership } = compose({
    core,
    extensions: [review],
    trellisVersion,
    strict: true,
  })
  expect(problems).toEqual([])
  expect(ownership.get('Product.reviewStars')?.name).toBe('review')
  expect(ownership.get('Product.name')?.name).toBe('sales')
  const fields = Object.keys(schema.getQueryType()?.getFields() ?? {})
  expect(fields.filter(name => name.startsWith('review'))).toEqual(['reviewsLatest'])
})
