import type { ASTNode } from 'graphql'
import type { ProblemCode } from '../problem-codes.ts'
import { type Difference, pairs } from './difference.ts'

/** Sets of names: the same on both sides, in any order. */
export function* compareNames<Node extends ASTNode & { readonly name: { readonly value: string } }>(options: {
  readonly code: ProblemCode
  readonly coordinate: string
  /** What one of them is called: `value`, `member`. */
  readonly word: string
  readonly original: ASTNode
  readonly copy: ASTNode
  readonly originals: readonly Node[] | undefined
  readonly copies: readonly Node[] | undefined
}): Generator<Difference> {
  const { code, coordinate, word, original, copy } = options
  for (const [name, first, second] of pairs(options.originals, options.copies))
    if (first === undefined || second === undefined)
      yield {
        code,
        coordinate,
        original: first ?? original,
        copy: second ?? copy,
        says: first === undefined ? `there is a ${word} ${name}` : `the ${word} ${name} is missing`,
      }
}
