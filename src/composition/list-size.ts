import {
  DirectiveLocation,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  visit,
} from 'graphql'

const name = 'listSize'

/**
 * `directive @listSize(assumedSize: Int!) on FIELD_DEFINITION`: how long a list is expected to be, where no
 * argument bounds it. For composition only; the schema that clients see does not have it. The name is that
 * of the cost specification of IBM and Apollo: https://ibm.github.io/graphql-specs/cost-spec.html
 */
export const listSizeDirective = {
  kind: Kind.DIRECTIVE_DEFINITION,
  name: { kind: Kind.NAME, value: name },
  arguments: [
    {
      kind: Kind.INPUT_VALUE_DEFINITION,
      name: { kind: Kind.NAME, value: 'assumedSize' },
      type: {
        kind: Kind.NON_NULL_TYPE,
        type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Int' } },
      },
    },
  ],
  repeatable: false,
  locations: [{ kind: Kind.NAME, value: DirectiveLocation.FIELD_DEFINITION }],
} as const satisfies DocumentNode['definitions'][number]

const isListSize = (directive: DirectiveNode): boolean => directive.name.value === name

/** The declared size of a list field, when it has one. */
export function assumedSizeOf({ directives = [] }: FieldDefinitionNode): number | undefined {
  const size = directives
    .find(isListSize)
    ?.arguments?.find(argument => argument.name.value === 'assumedSize')?.value
  return size?.kind === Kind.INT ? Number(size.value) : undefined
}

/** A document as GraphQL services have it. */
export const withoutListSizes = (document: DocumentNode): DocumentNode =>
  visit(document, { Directive: node => (isListSize(node) ? null : undefined) })

/** The field as clients see it. */
export function withoutListSize(field: FieldDefinitionNode): FieldDefinitionNode {
  const { directives = [] } = field
  return directives.some(isListSize)
    ? { ...field, directives: directives.filter(node => !isListSize(node)) }
    : field
}
