import type { DocumentNode, GraphQLSchema } from 'graphql'
import { buildSchema } from './build-schema.ts'
import { checks } from './checks/index.ts'
import { CompositionError } from './composition-error.ts'
import { createDraft, type Draft } from './draft.ts'
import type { Finding } from './finding.ts'
import { mergeDocuments } from './merge-documents.ts'
import { type Judgement, type JudgeOptions, judge } from './quarantine.ts'
import { problemsOf } from './report.ts'
import { withRootTypes } from './root-types.ts'
import { checkDocument, checkSchema } from './specification.ts'

/** What stands and is sound: a schema that nothing answers yet. */
export interface Settled extends Judgement {
  readonly draft: Draft
  /** What the schema is built of. */
  readonly document: DocumentNode
  readonly schema: GraphQLSchema
}

/**
 * Checks what stands, leaves out who is at fault, and checks the rest again, until nothing is wrong: who
 * was in conflict with those that are gone may stay.
 *
 * @throws CompositionError with all that was found so far, when leaving out does not help
 */
export function settle(before: Judgement, judging: JudgeOptions): Settled {
  const draft = createDraft(withRootTypes(judging.core, before.standing), before.standing)
  const document = mergeDocuments(draft)
  const found: Finding[] = [...checks.flatMap(check => [...check(draft)]), ...checkDocument(document, draft)]
  const isSound = found.every(({ problem }) => problem.severity === 'warning')
  const schema = isSound ? buildSchema(document) : undefined
  if (schema !== undefined) found.push(...checkSchema(schema, draft))
  const after = judge(before, found, judging)
  if (after.isFatal) throw new CompositionError(problemsOf(after.findings))
  return schema !== undefined && after.standing.length === before.standing.length
    ? { ...after, draft, document, schema }
    : settle(after, judging)
}
