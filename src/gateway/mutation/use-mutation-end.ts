import type { Context } from '@trellis/sdk'
import type { GatewayPlugin } from '../exchange.ts'
import type { MutationRunner } from './run-mutation.ts'

/** Ends an operation's mutations once its answer is made, whatever it became: takes dry runs back. */
export const useMutationEnd = (runnerOf: (context: Context) => MutationRunner | null): GatewayPlugin => ({
  onExecute: ({ args }) => ({
    async onExecuteDone() {
      await runnerOf(args.contextValue)?.end()
    },
  }),
})
