import type { Records } from '@trellis/sdk'
import { createStateMachine } from '../../../lib/transitions.ts'

export type CaseStatus = Records['Case']['status']

/** Those of a case that is over, until it is reopened. */
export const statusesOfTheEnd: readonly CaseStatus[] = ['RESOLVED', 'CLOSED', 'REJECTED', 'DUPLICATE']

export const isOver = (status: CaseStatus): boolean => statusesOfTheEnd.includes(status)

const decisions = ['RESOLVED', 'REJECTED', 'DUPLICATE'] as const

/** The states of a case: whoever has it works, waits or asks higher up until it is decided; what is over may be taken up again. */
export const caseStates = createStateMachine<CaseStatus>({
  initial: ['NEW', 'ASSIGNED', 'IN_PROGRESS', 'RESOLVED'],
  next: {
    NEW: ['ASSIGNED', 'IN_PROGRESS', 'PENDING', 'ESCALATED', ...decisions],
    ASSIGNED: ['IN_PROGRESS', 'PENDING', 'ESCALATED', ...decisions],
    IN_PROGRESS: ['PENDING', 'ESCALATED', ...decisions],
    PENDING: ['IN_PROGRESS', 'ESCALATED', ...decisions],
    // Once more, to somebody higher up still.
    ESCALATED: ['IN_PROGRESS', 'PENDING', 'ESCALATED', ...decisions],
    RESOLVED: ['IN_PROGRESS', 'CLOSED'],
    CLOSED: ['IN_PROGRESS'],
    REJECTED: ['IN_PROGRESS'],
    DUPLICATE: ['IN_PROGRESS'],
  },
})

/** The mutation that asks for what a status needs; `null` for those that need nothing more. */
export function mutationFor(from: CaseStatus, to: CaseStatus): string | null {
  switch (to) {
    case 'ASSIGNED':
      return 'caseAssign'
    case 'ESCALATED':
      return 'caseEscalate'
    case 'RESOLVED':
      return 'caseResolve'
    case 'CLOSED':
      return 'caseClose'
    case 'REJECTED':
      return 'caseReject'
    case 'DUPLICATE':
      return 'caseMarkDuplicate'
    case 'IN_PROGRESS':
      return isOver(from) ? 'caseReopen' : null
    case 'NEW':
    case 'PENDING':
      return null
  }
}
