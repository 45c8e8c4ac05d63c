import { type InputObjectTypeDefinitionNode, type InputValueDefinitionNode, print } from 'graphql'
import { printDefault, requires } from './arguments.ts'
import { type Difference, pairs } from './difference.ts'

/** Input objects: the same fields, types, defaults, and @oneOf or not. */
export function* compareInputs(
  typeName: string,
  original: InputObjectTypeDefinitionNode,
  copy: InputObjectTypeDefinitionNode,
): Generator<Difference> {
  const all = [...pairs(original.fields, copy.fields)]
  if (!all.some(([, first, second]) => first !== undefined && second !== undefined)) {
    yield {
      code: 'EMPTY_MERGED_INPUT_TYPE',
      coordinate: typeName,
      original,
      copy,
      says: 'no field is the same',
    }
    return
  }
  if (isOneOf(original) !== isOneOf(copy))
    yield {
      code: 'INPUT_ONE_OF_MISMATCH',
      coordinate: typeName,
      original,
      copy,
      says: `the input is ${isOneOf(copy) ? '' : 'not '}@oneOf`,
    }
  for (const [name, first, second] of all) {
    const at = { coordinate: `${typeName}.${name}`, original: first ?? original, copy: second ?? copy }
    if (first !== undefined && second !== undefined) yield* compareInputField(at, first, second)
    else
      yield {
        ...at,
        code: [first, second].some(field => field !== undefined && requires(field))
          ? 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH'
          : 'INPUT_FIELD_MISSING',
        says: first === undefined ? `there is an input field ${name}` : `the input field ${name} is missing`,
      }
  }
}

function* compareInputField(
  at: Pick<Difference, 'coordinate' | 'original' | 'copy'>,
  first: InputValueDefinitionNode,
  second: InputValueDefinitionNode,
): Generator<Difference> {
  if (print(first.type) !== print(second.type))
    yield {
      ...at,
      code: 'FIELD_TYPE_MISMATCH',
      says: `${at.coordinate} is ${print(second.type)} instead of ${print(first.type)}`,
    }
  if (printDefault(first) !== printDefault(second))
    yield {
      ...at,
      code: 'INPUT_FIELD_DEFAULT_MISMATCH',
      says: `${at.coordinate} defaults to ${printDefault(second)} instead of ${printDefault(first)}`,
    }
}

const isOneOf = ({ directives = [] }: InputObjectTypeDefinitionNode): boolean =>
  directives.some(({ name }) => name.value === 'oneOf')
