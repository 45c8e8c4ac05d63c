import { type FieldDefinitionNode, Kind } from 'graphql'
import { type Draft, membersOf } from '../draft.ts'
import { finding } from '../finding.ts'
import { namedTypeOf } from '../type-node.ts'
import type { Check } from './check.ts'

/** All mutations look alike: one `input`, a payload with `userErrors`. */
export const mutationShape: Check = function* ({ members, types }) {
  for (const [coordinate, claims] of members)
    for (const { subschema, typeName, node } of claims) {
      if (subschema.kind === 'core' || typeName !== 'Mutation' || node.kind !== Kind.FIELD_DEFINITION)
        continue
      const flaws = [
        ...(takesOneInput(node) ? [] : ['takes other arguments than one `input`']),
        ...(answersUserErrors(node, types) ? [] : ['answers a payload without `userErrors`']),
      ]
      if (flaws.length > 0)
        yield finding({
          code: 'MUTATION_SHAPE',
          severity: 'warning',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `${coordinate} of ${named} ${flaws.join(' and ')}.`,
          fix: `Write \`${node.name.value}(input: …Input!): …Payload\` with \`userErrors: [UserError!]!\` in the payload.`,
        })
    }
}

const takesOneInput = ({ arguments: args = [] }: FieldDefinitionNode): boolean =>
  args.length === 1 && args[0]?.name.value === 'input'

const answersUserErrors = ({ type }: FieldDefinitionNode, types: Draft['types']): boolean =>
  (types.get(namedTypeOf(type)) ?? []).some(payload =>
    membersOf(payload.node).some(({ name }) => name.value === 'userErrors'),
  )
