import { expect, test } from 'vitest'
import type { GatewayPlugin } from '../exchange.ts'
import { createTestGateway } from '../testing/test-gateway.ts'

test('resolvers see the very object that createContext made, getters and all', async () => {
  const gateway = createTestGateway()
  for (const _ of [1, 2, 3]) {
    expect((await gateway.query('{ contextFacts }')).data.contextFacts).toBe(
      'dryRun lazy loaders log now requestId rights services settings signal viewer; lazy Ada Lovelace',
    )
  }
})

test('so do plugins around the execution, in their hook and in the executor that they set', async () => {
  const seen: unknown[] = []
  const plugin: GatewayPlugin = {
    onExecute({ args, executeFn, setExecuteFn }) {
      seen.push(Object.keys(args.contextValue))
      setExecuteFn(executionArgs => {
        seen.push(executionArgs.contextValue === args.contextValue)
        return executeFn(executionArgs)
      })
    },
  }
  await createTestGateway({ plugins: [plugin] }).query('{ viewer }')

  expect(seen).toEqual([expect.arrayContaining(['viewer', 'loaders', 'lazy']), true])
})

test('the signal is a native one', async () => {
  let signal: AbortSignal | undefined
  const gateway = createTestGateway()
  const plugin: GatewayPlugin = {
    onExecute({ args }) {
      signal = AbortSignal.any([args.contextValue.signal])
    },
  }
  expect(await createTestGateway({ plugins: [plugin] }).query('{ viewer }')).toEqual(
    await gateway.query('{ viewer }'),
  )
  expect(signal?.aborted).toBe(false)
})
