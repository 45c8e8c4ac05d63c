import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import type { Supervision } from '../../supervision/index.ts'
import type { GatewayPlugin } from '../exchange.ts'
import { fieldsAt } from '../field-at.ts'
import { isUnexplained } from '../public-error.ts'

/**
 * Names the extension behind errors that came up after it had answered: a value of another type in an object of its
 * own, a getter that throws. The executor found them, so that no guard of the extension's saw them. Costs
 * nothing where there are no errors.
 */
export function useAttribution({ supervision }: { readonly supervision: Supervision }): GatewayPlugin {
  const attributed = (error: GraphQLError, args: ExecutionArgs, counted: Set<string>): GraphQLError => {
    if (!error.path || !isUnexplained(error)) return error
    const fields = fieldsAt(args, error.path)
    const extension = fields.at(-1)?.field.extensions['owner']
    const supervisor = typeof extension === 'string' ? supervision.supervisors.get(extension) : undefined
    if (!supervisor) return error
    // The call that answered it is the nearest one above.
    const called = fields
      .map(({ type, field }) => `${type.name}.${field.name}`)
      .findLast(each => supervisor.fields.has(each))
    if (called !== undefined && !counted.has(called)) {
      counted.add(called)
      supervisor.field(called).tally.noteFailure()
    }
    const { message, nodes, source, positions, path, originalError } = error
    return new GraphQLError(message, {
      nodes: nodes ?? null,
      source: source ?? null,
      positions: positions ?? null,
      path,
      originalError: originalError ?? error,
      extensions: { code: 'EXTENSION_FAILED', extension },
    })
  }
  return {
    onExecute: ({ args }) => ({
      onExecuteDone({ result, setResult }) {
        if (Symbol.asyncIterator in result || result.errors === undefined) return
        const counted = new Set<string>()
        const whole: ExecutionResult = result
        setResult({ ...whole, errors: result.errors.map(error => attributed(error, args, counted)) })
      },
    }),
  }
}
