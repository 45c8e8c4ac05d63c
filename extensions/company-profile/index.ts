import { defineExtension, field } from '@trellis/sdk'

/** The host of a website's address without `www.`, or `null` where it is none. */
const domainOf = (website: string | null): string | null =>
  website === null ? null : (URL.parse(website)?.hostname.replace(/^www\./, '') ?? null)

/** What a customer's own fields tell about it. Shows how little an extension takes. */
export const companyProfile = defineExtension({
  typeDefs: `
    extend type Customer {
      "What its other fields tell about it."
      profile: CompanyProfile
    }

    "What a customer's own fields tell about it."
    type CompanyProfile {
      "The domain of its website, such as \`example.com\`."
      domain: String
      "Years since its founding."
      age: Int
    }
  `,
  scopes: ['customer:read'],
  fields: {
    Customer: {
      profile: field({
        requires: ['website', 'foundedYear'],
        batch: (customers, _, { now }) =>
          customers.map(({ website, foundedYear }) => ({
            domain: domainOf(website),
            age: foundedYear === null ? null : now().getUTCFullYear() - foundedYear,
          })),
      }),
    },
  },
  permissions: { AGENT: '*' },
})
