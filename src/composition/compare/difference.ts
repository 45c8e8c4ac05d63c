import type { ASTNode } from 'graphql'
import type { ProblemCode } from '../problem-codes.ts'

/** One respect in which a copy of a shared definition differs from the original. */
export interface Difference {
  readonly code: ProblemCode
  readonly coordinate: string
  /** Where to look; for what is missing on one side, the definition that lacks it. */
  readonly original: ASTNode
  readonly copy: ASTNode
  /** Ends a sentence that begins "In its copy …". */
  readonly says: string
}

interface Named extends Record<'name', { readonly value: string }> {}

/** Pairs two lists by name; what is on one side only comes with `undefined` on the other. */
export function* pairs<Node extends Named>(
  originals: readonly Node[] = [],
  copies: readonly Node[] = [],
): Generator<readonly [name: string, original: Node | undefined, copy: Node | undefined]> {
  const copied = new Map(copies.map(node => [node.name.value, node]))
  for (const original of originals) {
    const name = original.name.value
    yield [name, original, copied.get(name)]
    copied.delete(name)
  }
  for (const [name, copy] of copied) yield [name, undefined, copy]
}
