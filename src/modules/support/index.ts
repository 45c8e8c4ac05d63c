import { defineModule, loadSchema } from '@trellis/sdk'
import { checkIntervals } from './calendars/interval-check.ts'
import { checkCases } from './cases/case-check.ts'
import { caseService } from './cases/service.ts'
import { tellChanges } from './cases/tell-changes.ts'
import { checkComments } from './comments/comment-check.ts'
import { followComments } from './comments/comment-effect.ts'
import { fillSentiments } from './feedback/sentiment.ts'
import { fitSubjects } from './feedback/subject.ts'
import { resolvers } from './resolvers.ts'
import { checkPolicies } from './sla/policy-check.ts'

/** Cases, what is promised for them, and what customers think. */
export const support = defineModule({
  name: 'support',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  services: { cases: caseService },
  checks: {
    Case: checkCases,
    SlaPolicy: checkPolicies,
    BusinessInterval: checkIntervals,
    CaseComment: checkComments,
    Feedback: async (changes, context) => [
      ...(await fitSubjects(changes, context)),
      ...(await fillSentiments(changes, context)),
    ],
  },
  announces: ['case.sla_failed'],
  effects: { Case: tellChanges, CaseComment: followComments },
})
