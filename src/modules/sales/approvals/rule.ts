import { type RawBuilder, sql } from 'kysely'
import type { DocumentKind } from '../orders/document-kind.ts'

/** Who decides about a document, and why. */
export interface ApplicableRule {
  readonly id: string
  readonly name: string
  readonly approverId: string | null
}

/**
 * The rule that asks for an approval of the row `document`: of those whose least total it reaches, in its currency,
 * the one that asks for the most.
 */
export const applicableRule = (
  { subject }: Pick<DocumentKind, 'subject'>,
  total: RawBuilder<unknown> = sql`document.total`,
): RawBuilder<ApplicableRule> => sql`
  select rule.id, rule.name, rule."approverId" from "ApprovalRule" as rule
  where rule."isActive" and rule."deletedAt" is null and rule."appliesTo" = ${subject}::"ApprovalSubject"
    and rule.currency = document.currency and rule."minimumTotal" <= ${total}
  order by rule."minimumTotal" desc, rule.id limit 1`
