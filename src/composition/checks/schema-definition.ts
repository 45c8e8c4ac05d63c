import { Kind } from 'graphql'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** Root types are the core's to name; an extension extends them like any other type. */
export const schemaDefinition: Check = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const node of subschema.document.definitions)
      if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
        yield finding({
          code: 'SCHEMA_DEFINITION_NOT_ALLOWED',
          spots: [{ subschema, node }],
          message: named => `${named} defines or extends the schema itself.`,
          fix: 'Write `extend type Query { … }`, `extend type Mutation { … }` or `extend type Subscription { … }`.',
        })
}
