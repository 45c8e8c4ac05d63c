import type { DataContext, Records, Services } from '@trellis/sdk'
import type {
  MutationCaseAssignArgs,
  MutationCaseCloseArgs,
  MutationCaseEscalateArgs,
  MutationCaseMarkDuplicateArgs,
  MutationCaseRejectArgs,
  MutationCaseReopenArgs,
  MutationCaseResolveArgs,
  MutationCaseTransitionArgs,
} from '../../../generated/resolvers.ts'
import { holdRecord } from '../../../lib/hold-record.ts'
import { reasonFrom, refuse } from './input.ts'
import { originalOf } from './original.ts'
import { placeAbove, placeAt } from './place.ts'
import { caseStates, isOver, mutationFor } from './states.ts'

type Case = Records['Case']

declare module '@trellis/sdk' {
  /** Each of these throws UserErrors when the case's status, or what the input says, does not allow it. */
  interface CasesService {
    /** Gives an open case to a user or a team. */
    assign(input: MutationCaseAssignArgs['input']): Promise<Case>
    /** Takes a case to a status that asks for nothing more. */
    transition(input: MutationCaseTransitionArgs['input']): Promise<Case>
    /** Passes an open case to somebody higher up. */
    escalate(input: MutationCaseEscalateArgs['input']): Promise<Case>
    /** Resolves an open case. */
    resolve(input: MutationCaseResolveArgs['input']): Promise<Case>
    /** Closes a resolved case. */
    close(input: MutationCaseCloseArgs['input']): Promise<Case>
    /** Turns an open case down. */
    reject(input: MutationCaseRejectArgs['input']): Promise<Case>
    /** Closes an open case because another one says the same. */
    markDuplicate(input: MutationCaseMarkDuplicateArgs['input']): Promise<Case>
    /** Takes up a case again that is over. */
    reopen(input: MutationCaseReopenArgs['input']): Promise<Case>
  }
}

/** The more urgent, the further behind. */
const priorities: readonly Case['priority'][] = ['LOW', 'NORMAL', 'HIGH', 'URGENT']

/** What is special about writing cases. The checks on every write of a case hold its steps against its states. */
export function caseService(context: DataContext): Partial<Services['cases']> {
  const { loaders, services } = context

  /** The case as it is once nobody else writes it; for those only who may change it. */
  const held = async (id: string): Promise<Case> => {
    const load = (key: string) => loaders.cases.byId.load(key)
    const stored = await holdRecord(context, { id, entity: 'Case', load })
    if (!stored)
      throw refuse('id', 'NOT_FOUND', `There is no Case "${id.slice(0, 60)}", or none that you may see.`)
    if (stored.deletedAt) throw refuse('id', 'DELETED', `Case ${stored.number} is deleted; restore it first.`)
    return stored
  }

  return {
    async assign({ ownerId, teamId, ...input }) {
      if (!ownerId && !teamId)
        throw refuse('ownerId', 'REQUIRED', 'Say by ownerId or teamId who is to have it.')
      const { status } = await held(input.id)
      const place = await placeAt({ ownerId, teamId }, context)
      // Who works at it already, waits or asked higher up hands that on as well.
      const isNews = status === 'NEW' || isOver(status)
      return services.cases.set(input, { ...place, ...(isNews && { status: 'ASSIGNED' }) })
    },

    async transition(input) {
      const { status: from } = await held(input.id)
      const mutation = mutationFor(from, input.status)
      if (mutation && caseStates.refusal(from, input.status) === null)
        throw refuse(
          'status',
          'INVALID_TRANSITION',
          `status is ${from}; it becomes ${input.status} by ${mutation}, which asks for more.`,
        )
      return services.cases.set(input, { status: input.status })
    },

    async escalate({ ownerId, teamId, priority, ...input }) {
      const escalationReason = reasonFrom(input.reason)
      const stored = await held(input.id)
      if (priority && priorities.indexOf(priority) < priorities.indexOf(stored.priority))
        throw refuse(
          'priority',
          'OUT_OF_RANGE',
          `priority is ${priority}; it has to be ${stored.priority} or more.`,
        )
      // Of what is over, that is said rather than who is above whom.
      const place = isOver(stored.status) ? {} : await placeAbove(stored, { ownerId, teamId }, context)
      const values = { ...place, ...(priority && { priority }), escalationReason }
      return services.cases.set(input, { ...values, status: 'ESCALATED' })
    },

    async resolve({ resolution, ...input }) {
      if (resolution.trim() === '') throw refuse('resolution', 'REQUIRED', 'resolution may not be blank.')
      return services.cases.set(input, { status: 'RESOLVED', resolution })
    },

    close: input => services.cases.set(input, { status: 'CLOSED' }),

    async reject(input) {
      reasonFrom(input.reason)
      return services.cases.set(input, { status: 'REJECTED' })
    },

    async markDuplicate({ duplicateOfId, ...input }) {
      const original = await originalOf(duplicateOfId, context)
      return services.cases.set(input, { status: 'DUPLICATE', duplicateOfId: original?.id ?? duplicateOfId })
    },

    async reopen(input) {
      reasonFrom(input.reason)
      const { status } = await held(input.id)
      if (!isOver(status))
        throw refuse('id', 'INVALID_TRANSITION', `status is ${status}, so there is nothing to be reopened.`)
      return services.cases.set(input, { status: 'IN_PROGRESS' })
    },
  }
}
