import type { PageArguments } from '@trellis/sdk'
import { type FieldNode, type GraphQLField, getArgumentValues, Kind, visit } from 'graphql'
import { enumValueOf } from '../naming.ts'

/** The values of an operation's variables, as their types take them. */
export type Variables = Readonly<Record<string, unknown>>

type Read = (variables: Variables) => Readonly<Record<string, unknown>>

function hasVariables(node: FieldNode): boolean {
  let found = false
  for (const argument of node.arguments ?? [])
    visit(argument, {
      [Kind.VARIABLE]: () => {
        found = true
      },
    })
  return found
}

/** Reads a field's arguments; only once where no variable is in them. All nodes of a field have the same. */
export function argumentsReader(
  definition: GraphQLField<unknown, unknown>,
  [node]: readonly FieldNode[],
): Read {
  if (!node) throw new Error('A field is selected by no node.')
  if (hasVariables(node)) return variables => getArgumentValues(definition, node, variables)
  let known: ReturnType<Read> | undefined
  return () => (known ??= getArgumentValues(definition, node))
}

/** The page that is asked for: of a plain list, its first records in its own order. */
export function listArguments(args: PageArguments, listBy: string | null): PageArguments {
  return listBy === null ? args : { first: args.first ?? null, orderBy: [{ field: enumValueOf(listBy) }] }
}
