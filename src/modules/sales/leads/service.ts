import type { DataContext, Services } from '@trellis/sdk'
import type { LeadConvertInput } from '../../../generated/resolvers.ts'
import type { Conversion } from './conversion.ts'
import { convertLead } from './convert.ts'

declare module '@trellis/sdk' {
  interface LeadsService {
    /**
     * Makes of a lead a customer, a contact and an opportunity; what it became, when it was converted before.
     *
     * @throws UserErrors when it, or what is given, does not allow that
     * @throws TrellisError `FORBIDDEN` when the viewer may not change the lead or make what it becomes
     */
    convert(input: LeadConvertInput): Promise<Conversion>
  }
}

/** What is special about writing leads: they become something else. */
export const leadService = (context: DataContext): Partial<Services['leads']> => ({
  convert: input => convertLead(input, context),
})
