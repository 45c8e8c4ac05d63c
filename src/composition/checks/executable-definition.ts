import { isExecutableDefinitionNode } from 'graphql'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** Operations and fragments are for clients. */
export const executableDefinition: Check = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const node of subschema.document.definitions)
      if (isExecutableDefinitionNode(node))
        yield finding({
          code: 'INVALID_GRAPHQL',
          spots: [{ subschema, node }],
          message: named => `${named} has an operation or a fragment in its SDL.`,
          fix: 'Keep type definitions only.',
        })
}
