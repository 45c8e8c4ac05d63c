import { type Extension, field } from '@trellis/sdk'
import { createTestDatabase } from '@trellis/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { reviewSdl } from '../../../../../test/lifecycle/fixtures/remotes.ts'
import { type PlanChangeOptions, planChange } from './plan-change.ts'

const extension = (name: string, more: Partial<Extension> = {}): Extension => ({
  name,
  version: '1.0.0',
  file: `/nowhere/${name}.js`,
  typeDefs: `extend type Query { "One." ${name}One: String }`,
  resolvers: { Query: { [`${name}One`]: () => null } },
  ...more,
})

/** Plans changes on a database where the service `review` was added, and `idle` disabled. */
async function decided() {
  await using making = new AsyncDisposableStack()
  const { connection } = making.use(await createTestDatabase())
  const client = new pg.Client(connection)
  await client.connect()
  const remote = {
    url: 'http://127.0.0.1:1/graphql',
    schema: reviewSdl,
    merge: { Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' } },
  }
  await client.query(
    `insert into "Extension" (name, enabled, remote, "updatedAt", "updatedById")
     values ('review', true, $1, now(), 'usr_1'), ('idle', false, null, now(), 'usr_1')`,
    [JSON.stringify(remote)],
  )
  await client.end()
  const made = making.move()
  return {
    plan: (options: Partial<PlanChangeOptions> & Pick<PlanChangeOptions, 'name'>) =>
      planChange({
        others: [],
        before: null,
        after: null,
        connection,
        allowPrivate: true,
        ...options,
      }),
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  }
}

test('what depends on a service that was added may be installed, and what would not fit beside it may not', async () => {
  await using place = await decided()
  const badge = extension('badge', { dependsOn: { review: '^1.0.0' } })
  expect((await place.plan({ name: 'badge', after: badge })).schema.added).toEqual(['Query.badgeOne'])
  const rival = extension('rival', {
    typeDefs: 'extend type Customer { "How many." reviewCount: Int }',
    resolvers: {},
    fields: { Customer: { reviewCount: field({ requires: ['id'], batch: () => [] }) } },
  })
  await expect(place.plan({ name: 'rival', after: rival })).rejects.toThrow(
    /would be left out\.\nINVALID_FIELD_SHARING/,
  )
}, 120_000)

test('what is disabled serves nobody', async () => {
  await using place = await decided()
  const idle = extension('idle')
  const needy = extension('needy', { dependsOn: { idle: '^1.0.0' } })
  await expect(place.plan({ name: 'needy', others: [idle], after: needy })).rejects.toThrow(
    'DEPENDENCY_DISABLED',
  )
  expect(await place.plan({ name: 'idle', after: idle })).toMatchObject({
    schema: { added: [] },
    isDisabled: true,
  })
}, 120_000)
