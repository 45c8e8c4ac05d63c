import type { Viewer } from '@trellis/sdk'

/** How far a right reaches: no row, own rows, or all. */
export type Reach = 'NONE' | 'OWN' | 'ALL'

/** What a role may do with an entity. */
export interface Grant {
  readonly read: Reach
  readonly write: Reach
  /** Read besides: records that name the viewer in this column, though they are a part of what the viewer may not read. */
  readonly naming?: string
  /** Read besides: what records of another entity point to by the column `key`, while they have this status and name the viewer. */
  readonly askedBy?: {
    readonly entity: string
    readonly key: string
    readonly naming: string
    readonly status: string
  }
}

/** An entity that a role does not name is for administrators only. */
export type Role = Readonly<Record<string, Grant>> | 'everything'

const own: Grant = { read: 'OWN', write: 'OWN' }
/** Own ones to read and write; to read, also those that wait for the viewer's approval. */
const ownOrAsked: Grant = {
  ...own,
  askedBy: { entity: 'Approval', key: 'targetId', naming: 'approverId', status: 'PENDING' },
}
const readOnly: Grant = { read: 'ALL', write: 'NONE' }

/** The roles there are. Parts, such as an opportunity's lines, go by their whole. */
export const roles: Readonly<Record<Viewer['role'], Role>> = {
  ADMINISTRATOR: 'everything',
  AGENT: {
    Activity: own,
    Approval: { read: 'NONE', write: 'NONE', naming: 'approverId' },
    ApprovalRule: readOnly,
    BusinessCalendar: readOnly,
    Campaign: readOnly,
    Case: own,
    Contact: own,
    Customer: own,
    Feedback: own,
    Lead: own,
    LostReason: readOnly,
    MarketingPlan: readOnly,
    Need: own,
    Opportunity: own,
    Order: ownOrAsked,
    Pipeline: readOnly,
    PipelineStage: readOnly,
    Product: readOnly,
    Quote: ownOrAsked,
    SalesTarget: { read: 'OWN', write: 'NONE' },
    Segment: readOnly,
    SlaPolicy: readOnly,
    Tag: readOnly,
    Team: readOnly,
    User: readOnly,
  },
}
