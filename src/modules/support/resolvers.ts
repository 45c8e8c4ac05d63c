import type { Resolvers } from '../../generated/resolvers.ts'
import { caseStates } from './cases/states.ts'
import { standingNow } from './sla/standing.ts'

export const resolvers: Resolvers = {
  Case: {
    nextStatuses: ({ status }) => caseStates.next(status),
    slaStatus: (stored, _, { now }) => standingNow(stored, now()),
  },
  Mutation: {
    caseAssign: async (_, { input }, { services }) => ({
      case: await services.cases.assign(input),
      userErrors: [],
    }),
    caseTransition: async (_, { input }, { services }) => ({
      case: await services.cases.transition(input),
      userErrors: [],
    }),
    caseEscalate: async (_, { input }, { services }) => ({
      case: await services.cases.escalate(input),
      userErrors: [],
    }),
    caseResolve: async (_, { input }, { services }) => ({
      case: await services.cases.resolve(input),
      userErrors: [],
    }),
    caseClose: async (_, { input }, { services }) => ({
      case: await services.cases.close(input),
      userErrors: [],
    }),
    caseReject: async (_, { input }, { services }) => ({
      case: await services.cases.reject(input),
      userErrors: [],
    }),
    caseMarkDuplicate: async (_, { input }, { services }) => ({
      case: await services.cases.markDuplicate(input),
      userErrors: [],
    }),
    caseReopen: async (_, { input }, { services }) => ({
      case: await services.cases.reopen(input),
      userErrors: [],
    }),
  },
}
