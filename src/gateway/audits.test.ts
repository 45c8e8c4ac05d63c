import { serverAudits } from 'graphql-http'
import { expect, test } from 'vitest'
import { createTestGateway } from './testing/test-gateway.ts'

test('passes all 61 audits of graphql-http', async () => {
  await using gateway = await createTestGateway().listening()
  const audits = serverAudits({ url: `${gateway.url}/graphql` })

  const results = await Promise.all(audits.map(audit => audit.fn()))

  expect(results.filter(({ status }) => status !== 'ok')).toEqual([])
  expect(results).toHaveLength(61)
})
