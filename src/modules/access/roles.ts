import type { Viewer } from '@trellis/sdk'

/** How far a right reaches: no row, own rows, or all. */
export type Reach = 'NONE' | 'OWN' | 'ALL'

/** What a role may do with an entity. */
export interface Grant {
  readonly read: Reach
  readonly write: Reach
}

/** An entity that a role does not name is for administrators only. */
export type Role = Readonly<Record<string, Grant>> | 'everything'

const own: Grant = { read: 'OWN', write: 'OWN' }
const readOnly: Grant = { read: 'ALL', write: 'NONE' }

/** The roles there are. Parts, such as an opportunity's lines, go by their whole. */
export const roles: Readonly<Record<Viewer['role'], Role>> = {
  ADMINISTRATOR: 'everything',
  AGENT: {
    Activity: own,
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
    Order: own,
    Pipeline: readOnly,
    PipelineStage: readOnly,
    Product: readOnly,
    Quote: own,
    SalesTarget: { read: 'OWN', write: 'NONE' },
    Segment: readOnly,
    SlaPolicy: readOnly,
    Tag: readOnly,
    Team: readOnly,
    User: readOnly,
  },
}
