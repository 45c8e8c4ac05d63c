import type { Check, Records } from '@trellis/sdk'

/** Refuses a person who is at another customer than the one that asked; one who is at none will do. */
export const checkNeedContact: Check<Records['Need']> = async (changes, { loaders }) => {
  const named = changes.flatMap(({ before, path, values }) => {
    const customerId = values.customerId ?? before?.customerId
    return values.contactId && values.contactId !== before?.contactId
      ? [{ contactId: values.contactId, customerId, path }]
      : []
  })
  const contacts = await loaders.contacts.byId.loadMany(named.map(({ contactId }) => contactId))
  return named.flatMap(({ contactId, customerId, path }, index) => {
    const at = contacts[index]?.customerId
    if (!at || at === customerId) return []
    return [
      {
        code: 'CONTRADICTION',
        message: `contactId is ${contactId}, who is at the customer ${at}; the need is one of ${customerId}.`,
        path: [...path, 'contactId'],
      },
    ]
  })
}
