import { stitchingDirectives } from '@graphql-tools/stitching-directives'
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  parse,
  visit,
} from 'graphql'
import type { Lookup } from '../../delegation/index.ts'

const directives = stitchingDirectives()

const definitions = parse(directives.allStitchingDirectivesTypeDefs).definitions.filter(
  node => node.kind === Kind.DIRECTIVE_DEFINITION,
)

const names: ReadonlySet<string> = new Set(definitions.map(({ name }) => name.value))

/** Whether a document says by `@merge`, `@key` or `@computed` how its types are merged. */
const isMergeDirective = ({ name }: { readonly name: { readonly value: string } }): boolean =>
  names.has(name.value)

/** The document with definitions of the directives that it uses, which services often leave out of their SDL. */
export function withMergeDirectives(document: DocumentNode): DocumentNode {
  const defined = new Set(
    document.definitions.flatMap(node => (node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : [])),
  )
  const missing = definitions.filter(({ name }) => !defined.has(name.value))
  return { ...document, definitions: [...document.definitions, ...missing] }
}

/** The document as clients see it. */
export const withoutMergeDirectives = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Directive: node => (isMergeDirective(node) ? null : undefined),
    DirectiveDefinition: node => (isMergeDirective(node) ? null : undefined),
  })

/**
 * The lookups that a schema has by stitching directives. A type whose entry point takes one key at a time has none: it
 * would be asked record by record.
 *
 * @throws Error that says which directive is wrong
 */
export function lookupsByDirectives(schema: GraphQLSchema): ReadonlyMap<string, Lookup> {
  const { merge = {} } = directives.stitchingDirectivesTransformer({ schema })
  return new Map(
    Object.entries(merge).flatMap(([typeName, config]): readonly (readonly [string, Lookup])[] => {
      const entry = [config, ...(config.entryPoints ?? [])].find(({ fieldName }) => fieldName !== undefined)
      const { fieldName, argsFromKeys, key } = entry ?? {}
      const fields = fieldsOf(config.selectionSet ?? entry?.selectionSet)
      if (fieldName === undefined || !argsFromKeys || !key || fields.length === 0) return []
      const requires = new Map(
        Object.entries(config.fields ?? {}).map(([name, field]) => [name, fieldsOf(field.selectionSet)]),
      )
      // The arguments for a record whose fields have their own names as values.
      const sample = key({ __typename: typeName, ...Object.fromEntries(fields.map(name => [name, name])) })
      const [argument = '', [sent] = []] = Object.entries(argsFromKeys([sample])).find(isArgumentOfKeys) ?? []
      const lookup = { field: fieldName, argument, requires }
      if (typeof sent === 'string') return [[typeName, { ...lookup, key: [sent], shape: 'value' }]]
      const shape = takesObjects(schema, fieldName, argument) ? 'object' : 'representation'
      return [[typeName, { ...lookup, key: fields, shape }]]
    }),
  )
}

/** The names at the top of `{ id region }`. */
function fieldsOf(selectionSet: string | undefined): readonly string[] {
  const [operation] = selectionSet === undefined ? [] : parse(selectionSet).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return []
  return operation.selectionSet.selections.flatMap(node =>
    node.kind === Kind.FIELD && node.name.value !== '__typename' ? [node.name.value] : [],
  )
}

/** The argument that is a list of keys, rather than has one further inside. */
const isArgumentOfKeys = (entry: readonly [string, unknown]): entry is [string, readonly unknown[]] =>
  Array.isArray(entry[1])

function takesObjects(schema: GraphQLSchema, field: string, argument: string): boolean {
  const fields = schema.getQueryType()?.getFields() ?? {}
  const type = fields[field]?.args.find(({ name }) => name === argument)?.type
  return type !== undefined && isInputObjectType(getNamedType(type))
}
