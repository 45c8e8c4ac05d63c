import { Kind, type ScalarTypeDefinitionNode, type TypeDefinitionNode } from 'graphql'
import type { Difference } from './difference.ts'
import { compareFields } from './fields.ts'
import { compareInputs } from './inputs.ts'
import { compareNames } from './names.ts'

/** Every respect in which two definitions of one type differ; descriptions and order do not count. */
export function* compareTypes(original: TypeDefinitionNode, copy: TypeDefinitionNode): Generator<Difference> {
  const coordinate = original.name.value
  const both = { coordinate, original, copy }
  if (original.kind === Kind.SCALAR_TYPE_DEFINITION && copy.kind === original.kind) {
    yield* compareScalars(original, copy)
  } else if (original.kind === Kind.OBJECT_TYPE_DEFINITION && copy.kind === original.kind) {
    yield* compareFields(coordinate, original, copy)
    yield* compareInterfaces(original, copy)
  } else if (original.kind === Kind.INTERFACE_TYPE_DEFINITION && copy.kind === original.kind) {
    yield* compareFields(coordinate, original, copy)
    yield* compareInterfaces(original, copy)
  } else if (original.kind === Kind.UNION_TYPE_DEFINITION && copy.kind === original.kind) {
    const lists = { originals: original.types, copies: copy.types }
    yield* compareNames({ ...both, ...lists, code: 'UNION_MEMBER_MISMATCH', word: 'member' })
  } else if (original.kind === Kind.ENUM_TYPE_DEFINITION && copy.kind === original.kind) {
    const values = new Set(original.values?.map(({ name }) => name.value))
    if (copy.values?.some(({ name }) => values.has(name.value))) {
      const lists = { originals: original.values, copies: copy.values }
      yield* compareNames({ ...both, ...lists, code: 'ENUM_VALUE_MISMATCH', word: 'value' })
    } else yield { ...both, code: 'EMPTY_MERGED_ENUM_TYPE', says: 'no value is the same' }
  } else if (original.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && copy.kind === original.kind) {
    yield* compareInputs(coordinate, original, copy)
  } else {
    yield { ...both, code: 'TYPE_KIND_MISMATCH', says: `it is ${copy.kind} instead of ${original.kind}` }
  }
}

type Implements = Extract<TypeDefinitionNode, { readonly interfaces?: unknown }>

const compareInterfaces = (original: Implements, copy: Implements): Generator<Difference> =>
  compareNames({
    code: 'INTERFACE_MISMATCH',
    coordinate: original.name.value,
    word: 'interface',
    original,
    copy,
    originals: original.interfaces,
    copies: copy.interfaces,
  })

function* compareScalars(
  original: ScalarTypeDefinitionNode,
  copy: ScalarTypeDefinitionNode,
): Generator<Difference> {
  if (specificationOf(original) !== specificationOf(copy))
    yield {
      code: 'SCALAR_SPECIFIED_BY_MISMATCH',
      coordinate: original.name.value,
      original,
      copy,
      says: `it is specified by ${specificationOf(copy)} instead of ${specificationOf(original)}`,
    }
}

function specificationOf({ directives = [] }: ScalarTypeDefinitionNode): string {
  const value = directives.find(({ name }) => name.value === 'specifiedBy')?.arguments?.[0]?.value
  return value?.kind === Kind.STRING ? value.value : 'nothing'
}
