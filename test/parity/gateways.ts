import type { Extension } from '@trellis/sdk'
import { createGatewayOn, createTestDatabase, type TestGateway } from '@trellis/testing'
import type { ExecutionWay } from '../../src/gateway/plugins/use-compiled-execution.ts'
import { makeRecords } from './fixtures/records/index.ts'

/** Two gateways on one database: one executes by graphql-js and loaders, the other as fast as it can. */
export interface Gateways extends AsyncDisposable {
  readonly reference: TestGateway
  readonly fast: TestGateway
  /** How many times the fast one has executed an operation so. */
  readonly taken: (way: ExecutionWay) => number
}

/** Both over the records of the fixture, at one present. */
export async function createGateways(extensions: readonly Extension[]): Promise<Gateways> {
  await using closing = new AsyncDisposableStack()
  const { connection } = closing.use(await createTestDatabase())
  let present = Date.parse('2026-03-01T12:00:00Z')
  const options = { connection, extensions, now: () => new Date(present) }
  const reference = closing.use(await createGatewayOn({ ...options, execution: 'interpreted' }))
  await makeRecords(reference, () => {
    present += 60_000
  })
  const ways: ExecutionWay[] = []
  const fast = closing.use(await createGatewayOn({ ...options, onExecution: way => ways.push(way) }))
  const resources = closing.move()
  return {
    reference,
    fast,
    taken: way => ways.filter(one => one === way).length,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
