import { defineExtension, type Extension } from '@trellis/sdk'
import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'

/** Its setup begins with these failures. */
const greeter = (failures: Error[], startup: NonNullable<Extension['startup']> = 'optional') =>
  defineExtension({
    name: 'greeter',
    version: '1.0.0',
    startup,
    typeDefs: 'extend type Query { "Hello." greeterHello: String }',
    resolvers: { Query: { greeterHello: () => 'Hello.' } },
    setup() {
      const failure = failures.shift()
      if (failure) throw failure
    },
  })

const away = (): Error => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })

const disable = (gateway: TestGateway) =>
  gateway.data('mutation { extensionDisable(input: { name: "greeter" }) { userErrors { message } } }')

const configure = (gateway: TestGateway) =>
  gateway.data('mutation { extensionConfigure(input: { name: "greeter" }) { userErrors { message } } }')

const statusOf = async (gateway: TestGateway) =>
  valueAt(await gateway.data('{ extensions { status } }'), 'extensions.0.status')

/** Decisions cannot be read until it is over; that there are any can be. */
async function whileUnreadable({ trellis }: TestGateway, work: () => Promise<unknown>): Promise<void> {
  const { sql: database } = trellis.database.session
  await sql`alter table "Extension" rename column remote to hidden`.execute(database)
  await work()
  await sql`alter table "Extension" rename column hidden to remote`.execute(database)
}

test('a decision that could not be read is followed when it can be', async () => {
  await using gateway = await createTestGateway({ extensions: [greeter([])] })
  await disable(gateway)
  await whileUnreadable(gateway, () => gateway.trellis.follow())
  expect(await statusOf(gateway)).toBe('ENABLED')
  await gateway.trellis.follow()
  expect(await statusOf(gateway)).toBe('DISABLED')
})

test('nobody needs to decide anything else for that', async () => {
  const logLines: string[] = []
  await using gateway = await createTestGateway({ extensions: [greeter([])], followsEveryMs: 20, logLines })
  await whileUnreadable(gateway, async () => {
    await sql`insert into "Extension" (name, enabled, revision, "updatedAt", "updatedById")
      values ('greeter', false, 1, now(), ${gateway.userIds.administrator})`.execute(
      gateway.trellis.database.session.sql,
    )
    await vi.waitFor(() => expect(logLines.join('')).toContain('is not served'), { timeout: 5000 })
  })
  await vi.waitFor(async () => expect(await statusOf(gateway)).toBe('DISABLED'), { timeout: 10_000 })
})

test('an extension whose setup did not reach something is set up again, at the start as later', async () => {
  const failures = [away()]
  await using gateway = await createTestGateway({ extensions: [greeter(failures)], quarantines: true })
  expect(await statusOf(gateway)).toBe('QUARANTINED')
  await gateway.trellis.follow()
  expect(await statusOf(gateway)).toBe('ENABLED')

  failures.push(away())
  await configure(gateway)
  await gateway.trellis.follow()
  expect(await statusOf(gateway)).toBe('QUARANTINED')
  await gateway.trellis.follow()
  expect(await gateway.data('{ greeterHello }')).toEqual({ greeterHello: 'Hello.' })
})

test('a required one goes on as it was set up before, until it can be anew', async () => {
  const failures: Error[] = []
  await using gateway = await createTestGateway({ extensions: [greeter(failures, 'required')] })
  failures.push(away())
  await configure(gateway)
  await gateway.trellis.follow()
  expect(valueAt(await gateway.data('{ extensions { status revision } }'), 'extensions.0')).toEqual({
    status: 'ENABLED',
    revision: 0,
  })
  await gateway.trellis.follow()
  expect(valueAt(await gateway.data('{ extensions { revision } }'), 'extensions.0.revision')).toBe(1)
})

test('one whose setup is wrong is not set up again', async () => {
  await using gateway = await createTestGateway({
    extensions: [greeter([new Error('no ears')])],
    quarantines: true,
  })
  const { schema } = gateway.trellis
  await gateway.trellis.follow()
  expect(gateway.trellis.schema).toBe(schema)
  expect(await statusOf(gateway)).toBe('QUARANTINED')
})
