import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  KnownTypeNamesRule,
  PossibleTypeExtensionsRule,
  validateSchema,
  visit,
} from 'graphql'
// Not exported by the package's door, and the only way to the errors with their nodes: buildASTSchema joins their messages.
import { specifiedSDLRules } from 'graphql/validation/specifiedRules.js'
import { validateSDL } from 'graphql/validation/validate.js'
import type { Draft } from './draft.ts'
import { type Finding, finding } from './finding.ts'
import { invalidDefaults } from './invalid-defaults.ts'
import { invalidDirectiveValues } from './invalid-directive-values.ts'
import { listSizeDirective } from './list-size.ts'
import type { Subschema } from './subschema.ts'

/** Rules that composition has checks of its own for, which know the owners. */
const checkedElsewhere: ReadonlySet<unknown> = new Set([KnownTypeNamesRule, PossibleTypeExtensionsRule])

const rules = specifiedSDLRules.filter(rule => !checkedElsewhere.has(rule))

/** The rules of the GraphQL specification about SDL, over everything that was merged. */
export function checkDocument(document: DocumentNode, draft: Draft): readonly Finding[] {
  const whole = { ...document, definitions: [listSizeDirective, ...document.definitions] }
  const errors = validateSDL(whole, null, rules)
  return attributed(errors.length > 0 ? errors : invalidDirectiveValues(document), draft)
}

/** The rules of the GraphQL specification about a schema as built: interfaces are implemented, inputs are inputs. */
export const checkSchema = (schema: GraphQLSchema, draft: Draft): readonly Finding[] =>
  attributed([...validateSchema(schema), ...invalidDefaults(schema)], draft)

/** Says who wrote what an error points at. Who comes last is at fault: the others were whole without it. */
function attributed(errors: readonly GraphQLError[], draft: Draft): readonly Finding[] {
  if (errors.length === 0) return []
  const authors = authorsOf(draft)
  const order: readonly Subschema[] = [draft.core, ...draft.extensions]
  return errors.map(({ message, nodes = [] }) => {
    const spots = nodes.map(node => ({ node, subschema: authorOf(node, authors) ?? draft.core }))
    const ranked = spots.toSorted(
      (left, right) => order.indexOf(right.subschema) - order.indexOf(left.subschema),
    )
    return finding({
      code: 'INVALID_GRAPHQL',
      spots: ranked.length === 0 ? [{ subschema: draft.core }] : ranked,
      message: (...named) => `${message} Defined by ${named.join(' and ')}.`,
      fix: 'Correct the SDL at this place.',
    })
  })
}

function authorsOf({ core, extensions }: Draft): ReadonlyMap<ASTNode, Subschema> {
  const authors = new Map<ASTNode, Subschema>()
  for (const subschema of [core, ...extensions])
    visit(subschema.document, { enter: node => void authors.set(node, subschema) })
  return authors
}

/** Merging copies some nodes; their names stay the ones that the author wrote. */
const authorOf = (node: ASTNode, authors: ReadonlyMap<ASTNode, Subschema>): Subschema | undefined =>
  authors.get(node) ?? ('name' in node && node.name !== undefined ? authors.get(node.name) : undefined)
