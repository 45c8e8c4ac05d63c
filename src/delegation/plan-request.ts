import { delegateRequest } from '@graphql-tools/delegate'
import { serializeInputValue } from '@graphql-tools/utils'
import {
  type DocumentNode,
  type FieldNode,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInputType,
  Kind,
  OperationTypeNode,
  parseType,
  print,
  stripIgnoredCharacters,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import { createOwnSelections, keyField, type OwnSelections } from './own-selections.ts'
import type { Lookup, RemoteSchema } from './remote-schema.ts'

/** Something that is asked from a remote: records of a type with some of their fields, or a root field. */
export type Question =
  | {
      readonly kind: 'lookup'
      readonly lookup: Lookup
      readonly type: GraphQLCompositeType
      /** The nodes of each field that is asked. */
      readonly fields: readonly (readonly FieldNode[])[]
    }
  | {
      readonly kind: 'root'
      readonly type: GraphQLCompositeType
      readonly fields: readonly (readonly FieldNode[])[]
    }

/** The operation that asks several questions at once, as it is sent. Question n is answered under `_n`, and takes its keys from the variable of `keysOf`. */
export interface RequestPlan {
  readonly document: string
  /** The client's variables that it has. */
  readonly variables: ReadonlyMap<string, GraphQLInputType>
  readonly keysOf: (question: number) => string
}

export const answerAlias = (question: number): string => `_${question}`

/**
 * Writes requests for one remote. `delegateRequest` of graphql-tools decides what of the client's fragments, variables and
 * abstract types the remote knows; once for each set of places in an operation, as it takes longer than to send the result.
 */
export function createRequestPlanner(remote: RemoteSchema) {
  const schemas = new WeakMap<GraphQLSchema, OwnSelections>()
  const selectionsFor = (composed: GraphQLSchema): OwnSelections => {
    const selections = schemas.get(composed) ?? createOwnSelections(remote, composed)
    schemas.set(composed, selections)
    return selections
  }

  return (questions: readonly Question[], info: GraphQLResolveInfo): RequestPlan => {
    const own = selectionsFor(info.schema)
    const { variableDefinitions = [], operation, name } = info.operation
    const prefix = freePrefix(variableDefinitions)
    const keysOf = (question: number): string => `${prefix}${question}`
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          kind: Kind.OPERATION_DEFINITION,
          // What is selected of a mutation's payload is a query.
          operation: isLookupsOnly(questions) ? OperationTypeNode.QUERY : operation,
          ...(name && { name }),
          variableDefinitions: [
            ...variableDefinitions.map(definition => ({ ...definition, directives: [] })),
            ...questions.flatMap((question, index) =>
              question.kind === 'lookup' ? [keysVariable(remote, question.lookup, keysOf(index))] : [],
            ),
          ],
          selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: questions.flatMap((question, index) =>
              rootFields(question, answerAlias(index), keysOf(index), own, remote),
            ),
          },
        },
        ...Object.values(info.fragments).flatMap(own.ofFragment),
      ],
    }
    const sent = delegated(document, remote, info)
    return {
      document: stripIgnoredCharacters(print(sent)),
      variables: variablesIn(sent, variableDefinitions, info.schema),
      keysOf,
    }
  }
}

/** The values of the client's variables as they go over the wire. */
export function variablesFor(
  { variables }: RequestPlan,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    [...variables].flatMap(([name, type]) =>
      Object.hasOwn(values, name) ? [[name, serializeInputValue(type, values[name])]] : [],
    ),
  )
}

const isLookupsOnly = (questions: readonly Question[]): boolean =>
  questions.every(({ kind }) => kind === 'lookup')

/** Such that no variable of the client is called as one of ours. */
function freePrefix(definitions: readonly VariableDefinitionNode[]): string {
  let prefix = '_'
  while (definitions.some(({ variable }) => new RegExp(`^${prefix}\\d+$`).test(variable.name.value)))
    prefix += '_'
  return prefix
}

function keysVariable({ schema }: RemoteSchema, lookup: Lookup, name: string): VariableDefinitionNode {
  const fields = schema.getQueryType()?.getFields() ?? {}
  const argument = fields[lookup.field]?.args.find(candidate => candidate.name === lookup.argument)
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
    type: parseType(String(argument?.type)),
  }
}

function rootFields(
  question: Question,
  alias: string,
  keys: string,
  own: OwnSelections,
  { schema }: RemoteSchema,
): readonly FieldNode[] {
  const selections = own.of(question.fields.flat(), question.type)
  const named = { kind: Kind.NAME, value: alias } as const
  if (question.kind === 'root') return selections.map(node => ({ ...node, alias: named }))
  const { lookup, type } = question
  const theirs = schema.getType(type.name)
  const known = theirs && 'getFields' in theirs ? theirs.getFields() : {}
  return [
    {
      kind: Kind.FIELD,
      alias: named,
      name: { kind: Kind.NAME, value: lookup.field },
      arguments: [
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: lookup.argument },
          value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: keys } },
        },
      ],
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: [...lookup.key.filter(field => Object.hasOwn(known, field)).map(keyField), ...selections],
      },
    },
  ]
}

/** What graphql-tools would send. */
function delegated(document: DocumentNode, { schema }: RemoteSchema, info: GraphQLResolveInfo): DocumentNode {
  let sent: DocumentNode | undefined
  const operationType = document.definitions.find(node => node.kind === Kind.OPERATION_DEFINITION)?.operation
  void delegateRequest({
    schema: {
      schema,
      executor: request => {
        sent = request.document
        return { data: null }
      },
    },
    request: { document, variables: {}, ...(operationType && { operationType }) },
    targetSchema: schema,
    info,
    // Of the answer, which there is not, nothing is to be made: with a leaf no field is wrapped for it.
    returnType: GraphQLBoolean,
  })
  if (!sent) throw new Error('Nothing of this can be asked from the remote.')
  return sent
}

function variablesIn(
  { definitions }: DocumentNode,
  clients: readonly VariableDefinitionNode[],
  composed: GraphQLSchema,
): ReadonlyMap<string, GraphQLInputType> {
  const operation = definitions.find(node => node.kind === Kind.OPERATION_DEFINITION)
  const sent = new Set(operation?.variableDefinitions?.map(({ variable }) => variable.name.value))
  return new Map(
    clients.flatMap(({ variable, type }): readonly (readonly [string, GraphQLInputType])[] => {
      const read = typeFromAST(composed, type)
      return sent.has(variable.name.value) && isInputType(read) ? [[variable.name.value, read]] : []
    }),
  )
}
