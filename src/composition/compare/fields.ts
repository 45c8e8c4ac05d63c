import { type ASTNode, type FieldDefinitionNode, print } from 'graphql'
import { compareArguments } from './arguments.ts'
import { type Difference, pairs } from './difference.ts'

interface HasFields {
  readonly fields?: readonly FieldDefinitionNode[] | undefined
}

/** Fields of an object or interface: the same names, each of the same shape. */
export function* compareFields(
  typeName: string,
  original: ASTNode & HasFields,
  copy: ASTNode & HasFields,
): Generator<Difference> {
  for (const [name, first, second] of pairs(original.fields, copy.fields)) {
    const coordinate = `${typeName}.${name}`
    if (first !== undefined && second !== undefined) yield* compareField(coordinate, first, second)
    else
      yield {
        code: 'SHARED_FIELD_MISSING',
        coordinate,
        original: first ?? original,
        copy: second ?? copy,
        says: first === undefined ? `there is a field ${name}` : `the field ${name} is missing`,
      }
  }
}

/** The same type, list depth and inner nullability included, and the same arguments. */
export function* compareField(
  coordinate: string,
  original: FieldDefinitionNode,
  copy: FieldDefinitionNode,
): Generator<Difference> {
  if (print(original.type) !== print(copy.type))
    yield {
      code: 'FIELD_TYPE_MISMATCH',
      coordinate,
      original,
      copy,
      says: `${coordinate} is ${print(copy.type)} instead of ${print(original.type)}`,
    }
  yield* compareArguments(coordinate, original, copy)
}
