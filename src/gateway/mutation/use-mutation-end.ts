import type { Context } from '@trellis/sdk'
import type { GatewayPlugin } from '../exchange.ts'
import type { MutationRunner } from './run-mutation.ts'

/** Ends an operation's mutations once its answer is made, whatever became of it: takes dry runs back. */
export const useMutationEnd = (runnerOf: (context: Context) => MutationRunner | null): GatewayPlugin => ({
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn(async args => {
      try {
        return await executeFn(args)
      } finally {
        await runnerOf(args.contextValue)?.end()
      }
    })
  },
})
