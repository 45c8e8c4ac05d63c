import type { Context } from '@trellis/sdk'
import type { ExecutionArgs } from 'graphql'
import type { Exchange, GatewayPlugin } from '../exchange.ts'
import { unauthenticated } from './use-identity.ts'

/** Yoga's signal is a stand-in of its own that native fetch and AbortSignal.any refuse. */
export function nativeSignal({ signal }: Request): AbortSignal {
  const controller = new AbortController()
  const abort = () => controller.abort(signal.reason)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return controller.signal
}

/** Gives each operation a context of its own, the very object that its generation made: its getters stay getters. */
export function useContext(): GatewayPlugin {
  const contextOf = (
    { document, operationName, variableValues }: ExecutionArgs,
    { exchange, request }: { readonly exchange: Exchange; readonly request: Request },
  ): Context => {
    const { viewer, requestId, log, generation } = exchange
    if (viewer === null) throw unauthenticated()
    const signal = nativeSignal(request)
    const variables = variableValues ?? {}
    return generation.createContext({
      viewer,
      requestId,
      log,
      signal,
      request,
      document,
      operationName: operationName ?? null,
      variables,
    })
  }
  return {
    onExecute({ args }) {
      Object.assign(args, { contextValue: contextOf(args, args.contextValue) })
    },
    onSubscribe({ args }) {
      Object.assign(args, { contextValue: contextOf(args, args.contextValue) })
    },
  }
}

/**
 * Has to be the last plugin with an onExecute. Envelop hands the executor the context value of before the hooks;
 * this outermost layer hands on the one that useContext set, to the executor and all layers around it.
 */
export const useContextOfOperation = (): GatewayPlugin => ({
  onExecute({ args, executeFn, setExecuteFn }) {
    setExecuteFn(executionArgs => executeFn({ ...executionArgs, contextValue: args.contextValue }))
  },
})
