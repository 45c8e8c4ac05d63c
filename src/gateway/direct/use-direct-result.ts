import type { GatewayPlugin } from '../exchange.ts'

/** Does not execute again what has been executed directly: its errors are masked and sent as all others are. */
export const useDirectResult = (): GatewayPlugin => ({
  onExecute({ args, setResultAndStopExecution }) {
    const { result } = args.contextValue.exchange
    if (result !== null) setResultAndStopExecution(result)
  },
})
