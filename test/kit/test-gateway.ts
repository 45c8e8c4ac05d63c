import { createTestDatabase } from './database.ts'
import { createGatewayOn, type GatewayOnOptions, type TestGateway } from './gateway.ts'

export type TestGatewayOptions = Omit<GatewayOnOptions, 'connection'>

/**
 * A gateway with an administrator and an agent on a database of its own, which goes with it.
 *
 * @throws CompositionError with all problems of the extensions, unless these are to be left out
 */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  await using closing = new AsyncDisposableStack()
  const { connection } = closing.use(await createTestDatabase())
  const gateway = closing.use(await createGatewayOn({ ...options, connection }))
  const resources = closing.move()
  return { ...gateway, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
