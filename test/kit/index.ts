/** What tests of modules and extensions lean on: databases of their own, and gateways on them. */
export { type Answer, codesOf, fieldsAt, listAt, textAt, valueAt } from './answer.ts'
export { createEmptyDatabase, createTestDatabase, type TestDatabase } from './database.ts'
export type { ExtensionWork, LeftEvent } from './extension-work.ts'
export {
  type AskOptions,
  createGatewayOn,
  type GatewayOnOptions,
  type TestGateway,
  type TestRole,
} from './gateway.ts'
export { createTestGateway, type TestGatewayOptions } from './test-gateway.ts'
export { untilWaiting } from './waiting.ts'
