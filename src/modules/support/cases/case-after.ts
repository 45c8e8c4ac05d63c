import type { Change, Records } from '@trellis/sdk'

type Case = Records['Case']

/** The fields of a case that others follow from. */
export type CaseAfter = Pick<
  Case,
  | 'status'
  | 'priority'
  | 'type'
  | 'customerId'
  | 'contactId'
  | 'duplicateOfId'
  | 'slaPolicyId'
  | 'responseDueAt'
  | 'resolveDueAt'
  | 'firstRespondedAt'
  | 'pendingSince'
  | 'pausedSeconds'
  | 'resolvedAt'
  | 'closedAt'
  | 'createdAt'
>

/** A new case of which nothing is said, as the SDL's defaults have it. */
const blank: Omit<CaseAfter, 'createdAt'> = {
  status: 'NEW',
  priority: 'NORMAL',
  type: 'QUESTION',
  customerId: null,
  contactId: null,
  duplicateOfId: null,
  slaPolicyId: null,
  responseDueAt: null,
  resolveDueAt: null,
  firstRespondedAt: null,
  pendingSince: null,
  pausedSeconds: 0,
  resolvedAt: null,
  closedAt: null,
}

/** The case as the change leaves it, with what checks have amended so far. */
export const caseAfter = ({ before, values }: Change<Case>, now: Date): CaseAfter => ({
  ...blank,
  createdAt: now,
  ...before,
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
})
