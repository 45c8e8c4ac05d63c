import { type ASTNode, type InputValueDefinitionNode, Kind, print } from 'graphql'
import { type Difference, pairs } from './difference.ts'

interface Takes {
  readonly arguments?: readonly InputValueDefinitionNode[] | undefined
}

/** Arguments of a field or a directive: the same names, types and defaults. */
export function* compareArguments(
  coordinate: string,
  original: ASTNode & Takes,
  copy: ASTNode & Takes,
): Generator<Difference> {
  for (const [name, first, second] of pairs(original.arguments, copy.arguments)) {
    const at = { coordinate: `${coordinate}(${name}:)`, original: first ?? original, copy: second ?? copy }
    if (first === undefined || second === undefined) {
      const isRequired = [first, second].some(argument => argument !== undefined && requires(argument))
      yield {
        ...at,
        code: isRequired ? 'REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH' : 'FIELD_ARGUMENT_MISSING',
        says: first === undefined ? `there is an argument ${name}` : `the argument ${name} is missing`,
      }
      continue
    }
    if (print(first.type) !== print(second.type))
      yield {
        ...at,
        code: 'FIELD_ARGUMENT_TYPE_MISMATCH',
        says: `the argument ${name} is ${print(second.type)} instead of ${print(first.type)}`,
      }
    if (printDefault(first) !== printDefault(second))
      yield {
        ...at,
        code: 'FIELD_ARGUMENT_DEFAULT_MISMATCH',
        says: `the argument ${name} defaults to ${printDefault(second)} instead of ${printDefault(first)}`,
      }
  }
}

/** Whether it has to be sent. */
export const requires = ({ type, defaultValue }: InputValueDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined

export const printDefault = ({ defaultValue }: InputValueDefinitionNode): string =>
  defaultValue === undefined ? 'nothing' : print(defaultValue)
