import type { Records } from '@trellis/sdk'

/** Why a converted lead is not addressed any more, and who is in its place. */
export const convertedLeadMessage = ({ id, convertedContactId }: Records['Lead']): string =>
  convertedContactId
    ? `Lead ${id} is converted; address the contact that it became, ${convertedContactId}.`
    : `Lead ${id} is converted; address the contacts of the customer that it became.`
