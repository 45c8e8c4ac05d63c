import { GraphQLError, type Source } from 'graphql'
import { withoutStack } from '../../lib/without-stack.ts'

/** The offset of a line and column, both from 1. */
function offsetOf(
  source: Source,
  { line, column }: { readonly line: number; readonly column: number },
): number {
  let start = 0
  for (let current = 1; current < line; current += 1) start = source.body.indexOf('\n', start) + 1
  return start + column - 1
}

/** graphql-jit's errors have lines and columns but no nodes, so that a copy of them loses the place; these keep it. */
export const locateError = (error: GraphQLError, source: Source | undefined): GraphQLError =>
  withoutStack(
    () =>
      new GraphQLError(error.message, {
        path: error.path,
        originalError: error.originalError,
        extensions: error.extensions,
        ...(source && {
          source,
          positions: error.locations?.map(location => offsetOf(source, location)) ?? null,
        }),
      }),
  )
