import type { Context, Log, Viewer } from '@trellis/sdk'
import type { DocumentNode, ExecutionArgs } from 'graphql'
import type { Exchange, GatewayPlugin } from '../exchange.ts'
import { type RequestHead, unauthenticated } from './use-identity.ts'

/** What is known of an operation just before it is executed. */
export interface ContextOptions {
  readonly viewer: Viewer
  readonly requestId: string
  readonly log: Log
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
  readonly request: RequestHead
  readonly document: DocumentNode
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

export type CreateContext = (options: ContextOptions) => Context

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
