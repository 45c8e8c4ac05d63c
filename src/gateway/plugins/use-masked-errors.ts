import { type ExecutionResult, GraphQLError } from 'graphql'
import { describeFailure } from '../../lib/describe-failure.ts'
import type { Exchange, GatewayPlugin } from '../exchange.ts'
import { publicError } from '../public-error.ts'

/** Told the code of each error that a client gets to see. */
type OnError = (code: string) => void

const nothing = (exchange: Exchange) =>
  new GraphQLError('The request was given up.', {
    originalError: new Error(`no result for ${exchange.requestId}`),
  })

/**
 * The result with errors that a client may see; what stands behind them goes to the log, once for all
 * fields that it cost: a batch that fails fails for each of its parents.
 */
function mask<Result extends ExecutionResult>(result: Result, exchange: Exchange, onError: OnError): Result {
  if (result.errors === undefined) return result
  const isRefusal = result.data === undefined
  const errors = result.errors.length === 0 && isRefusal ? [nothing(exchange)] : result.errors
  const logged = new Set<unknown>([null])
  return {
    ...result,
    errors: errors.map(error => {
      const { failure, error: shown } = publicError(error, { requestId: exchange.requestId, isRefusal })
      onError(String(shown.extensions['code']))
      if (!logged.has(failure)) {
        logged.add(failure)
        const { code } = shown.extensions
        const facts = {
          code,
          path: error.path,
          operation: exchange.operation?.name,
          failure: describeFailure(failure),
        }
        exchange.log.error(facts, 'an operation failed')
      }
      return shown
    }),
  }
}

async function* maskEach<Result extends ExecutionResult>(
  results: AsyncIterable<Result>,
  exchange: Exchange,
  onError: OnError,
) {
  for await (const result of results) yield mask(result, exchange, onError)
}

/**
 * The last word on every answer: Yoga masks only what it caught itself and lets any GraphQLError
 * through, whoever made it. Here only refusals that were meant for the client pass.
 */
export const useMaskedErrors = ({ onError }: { readonly onError: OnError }): GatewayPlugin => ({
  onResultProcess({ result, serverContext: { exchange }, ...hook }) {
    if (Array.isArray(result)) hook.setResult(result.map(each => mask(each, exchange, onError)))
    else if (Symbol.asyncIterator in result) hook.setResult(maskEach(result, exchange, onError))
    else hook.setResult(mask(result, exchange, onError))
  },
})
