import { defineModule, loadSchema } from '@trellis/sdk'
import { refuseDuplicates } from './duplicates/check.ts'
import { duplicateLoaders } from './duplicates/loaders.ts'
import { contactComparison, customerComparison, leadComparison } from './duplicates/rules.ts'
import { hierarchyLoaders } from './hierarchy.ts'
import { checkNeedContact } from './need-contact.ts'
import { resolvers } from './resolvers.ts'
import { segmentLoaders } from './segments/loaders.ts'
import { checkMembers } from './segments/members.ts'
import { checkRules } from './segments/rules.ts'

/** Customers and the people at them: who they are, how they are classified, what they need, and who is there twice. */
export const customers = defineModule({
  name: 'customers',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  loaders: { customers: hierarchyLoaders, duplicates: duplicateLoaders, segments: segmentLoaders },
  checks: {
    Customer: refuseDuplicates(customerComparison),
    Contact: refuseDuplicates(contactComparison),
    Lead: refuseDuplicates(leadComparison),
    Need: checkNeedContact,
    Segment: checkRules,
    SegmentMember: checkMembers,
  },
})
