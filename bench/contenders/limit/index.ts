import { join } from 'node:path'
import type { Asking, Contender, ScenarioName } from '../contender.ts'

const asking = (scenario: ScenarioName, ...values: readonly unknown[]): Asking => {
  const body = JSON.stringify({ scenario, values })
  return { request: () => ({ body }), read: answer => answer }
}

export const limit: Contender = {
  name: 'limit',
  label: 'the limit: node:http and one hand-written statement that makes the JSON',
  server: { file: join(import.meta.dirname, 'server.ts') },
  askings: async ({ customerId, ownerId, deepAfter }) => ({
    nested: asking('nested'),
    byId: asking('byId', customerId),
    list: asking('list', ownerId),
    firstPage: asking('firstPage'),
    deepPage: asking('deepPage', deepAfter.createdAt, deepAfter.id),
    create: {
      request: n => ({
        body: JSON.stringify({
          scenario: 'create',
          values: [`Created ${n}`, `created${n}@example.com`, 'Software'],
        }),
      }),
      read: answer => answer,
    },
    aggregate: asking('aggregate'),
  }),
}
