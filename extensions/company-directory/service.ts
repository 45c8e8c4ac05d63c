import { type CustomerRow, type DataContext, inputError, type UserError, UserErrors } from '@trellis/sdk'
import { entriesIn } from './entries.ts'
import { linkKey } from './loaders.ts'
import { plainNumber } from './lookup-key.ts'

/** So many customers are asked about at once. */
const mostCustomers = 100
const longestNumber = 100

export interface LinkInput {
  readonly customerId: string
  /** `null`: its tax number decides again. */
  readonly registrationNumber?: string | null
}

export interface RefreshInput {
  readonly customerIds: readonly string[]
}

export interface CompanyDirectoryService {
  /** Says which company a customer is. @throws UserErrors when the input is refused @throws TrellisError `FORBIDDEN` */
  link(input: LinkInput): Promise<CustomerRow>
  /** Has the directory asked anew about customers, after the commit. @throws UserErrors when the input is refused */
  refresh(input: RefreshInput): Promise<readonly CustomerRow[]>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly companyDirectory: CompanyDirectoryService
  }
}

const notThere = (field: string | readonly string[], id: string): UserError =>
  inputError(field, 'NOT_FOUND', `There is no Customer "${id.slice(0, 60)}", or none that you may see.`)

/** The writes. The directory is not asked here: a transaction does not wait for somebody else's machine. */
export function companyDirectoryService(context: DataContext): CompanyDirectoryService {
  const { loaders, rights, store, jobs } = context
  return {
    async link({ customerId, registrationNumber = null }) {
      const customer = await loaders.customers.byId.load(customerId)
      if (!customer || customer.deletedAt) throw new UserErrors([notThere('customerId', customerId)])
      rights.assert('update', { entity: 'Customer', ownerId: customer.ownerId })
      const links = store.of('Customer', linkKey)
      if (registrationNumber === null) await links.delete(customer.id)
      else {
        const { length } = registrationNumber
        const field = 'registrationNumber'
        if (plainNumber(registrationNumber) === '')
          throw new UserErrors([
            inputError(field, 'REQUIRED', 'registrationNumber may not be blank; null takes the link away.'),
          ])
        if (length > longestNumber)
          throw new UserErrors([
            inputError(
              field,
              'TOO_LONG',
              `registrationNumber has ${length} characters; ${longestNumber} are allowed.`,
            ),
          ])
        await links.set(customer.id, { registrationNumber })
      }
      return customer
    },
    async refresh({ customerIds }) {
      if (customerIds.length < 1 || customerIds.length > mostCustomers)
        throw new UserErrors([
          inputError(
            'customerIds',
            'OUT_OF_RANGE',
            `customerIds are ${customerIds.length}; they may be 1 to ${mostCustomers}.`,
          ),
        ])
      const found = await loaders.customers.byId.loadMany(customerIds)
      const customers = found.flatMap(customer => (customer && !customer.deletedAt ? [customer] : []))
      if (customers.length < found.length) {
        const isThere = new Set(customers)
        throw new UserErrors(
          found.flatMap((customer, index) =>
            customer && isThere.has(customer)
              ? []
              : [notThere(['customerIds', String(index)], customerIds[index] ?? '')],
          ),
        )
      }
      const ids = customers.map(({ id }) => id)
      await entriesIn(context).outdate(ids)
      // For who does not select the entries; those who do find them fetched by then, or the other way round.
      await jobs.enqueue('look-up', { customerIds: ids })
      return customers
    },
  }
}
