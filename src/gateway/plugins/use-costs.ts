import type { ExecutionArgs, ExecutionResult } from 'graphql'
import type { Costs, Supervision } from '../../supervision/index.ts'
import type { GatewayPlugin } from '../exchange.ts'

/** A request that has it asks what each extension cost it. Whoever answers directly leaves such requests to the plugins. */
export const costHeader = 'x-trellis-cost'

export interface CostsOptions {
  readonly supervision: Supervision
  /** Whether everybody may ask, or administrators only. */
  readonly isOpen: boolean
}

/**
 * What each extension cost an operation, as `extensions.cost`, for those who ask by the header `x-trellis-cost: 1`.
 * Two plugins: before the context is put in place it is known who asks; when the executor is chosen it can be wrapped.
 */
export function createCostPlugins({ supervision, isOpen }: CostsOptions): {
  readonly useAskedCosts: () => GatewayPlugin
  readonly useNotedCosts: () => GatewayPlugin
} {
  const asked = new WeakSet<ExecutionArgs>()
  return {
    useAskedCosts: () => ({
      onExecute({ args }) {
        const { request, exchange } = args.contextValue
        if (request.headers.get(costHeader) !== '1') return
        if (isOpen || exchange.viewer?.role === 'ADMINISTRATOR') asked.add(args)
      },
    }),
    useNotedCosts: () => ({
      onExecute({ args, executeFn, setExecuteFn }) {
        if (!asked.has(args)) return
        setExecuteFn((executionArgs: ExecutionArgs) =>
          supervision.costing(async costs => {
            const result = await executeFn(executionArgs)
            return Symbol.asyncIterator in result ? result : withCosts(result, costs)
          }),
        )
      },
    }),
  }
}

/** The text that some results bring does not have them. */
const withCosts = (
  { stringify: _text, ...result }: ExecutionResult & { readonly stringify?: unknown },
  costs: Costs,
): ExecutionResult => ({ ...result, extensions: { ...result.extensions, cost: costs.report() } })
