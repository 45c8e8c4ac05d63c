import type { Records } from '@trellis/sdk'

type CampaignType = Records['Campaign']['type']

/** What somebody may have asked us not to do. */
export interface Wishes {
  readonly emailOptOut: boolean
  readonly doNotCall: boolean
}

/** What a campaign of a type does to those whom it addresses. */
const means: Readonly<Partial<Record<CampaignType, keyof Wishes>>> = {
  EMAIL: 'emailOptOut',
  NEWSLETTER: 'emailOptOut',
  TELEMARKETING: 'doNotCall',
}

/** Whether somebody asked not to be addressed in the way of a campaign. */
export function isOptedOut(type: CampaignType, wishes: Wishes): boolean {
  const wish = means[type]
  return wish !== undefined && wishes[wish]
}
