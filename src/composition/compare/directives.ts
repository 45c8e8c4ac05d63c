import type { DirectiveDefinitionNode } from 'graphql'
import { compareArguments } from './arguments.ts'
import type { Difference } from './difference.ts'

/** Directive definitions: the same arguments and places, repeatable or not. */
export function* compareDirectives(
  original: DirectiveDefinitionNode,
  copy: DirectiveDefinitionNode,
): Generator<Difference> {
  const coordinate = `@${original.name.value}`
  const both = { coordinate, original, copy }
  yield* compareArguments(coordinate, original, copy)
  if (locationsOf(original) !== locationsOf(copy))
    yield {
      ...both,
      code: 'DIRECTIVE_LOCATIONS_MISMATCH',
      says: `it is allowed on ${locationsOf(copy)} instead of ${locationsOf(original)}`,
    }
  if (original.repeatable !== copy.repeatable)
    yield {
      ...both,
      code: 'DIRECTIVE_REPEATABLE_MISMATCH',
      says: `it is ${copy.repeatable ? '' : 'not '}repeatable`,
    }
}

const locationsOf = ({ locations }: DirectiveDefinitionNode): string =>
  locations
    .map(({ value }) => value)
    .toSorted()
    .join(', ')
