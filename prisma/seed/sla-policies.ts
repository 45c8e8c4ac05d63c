import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { Priority } from '../../src/generated/prisma/enums.ts'
import { aroundTheClock, type BusinessClock } from '../../src/lib/business-time/business-clock.ts'
import type { Desk, DeskOptions } from './business-hours.ts'
import { addDays } from './calendar.ts'
import type { Company } from './companies.ts'
import { identify } from './identifiers.ts'
import { companyAgeInDays } from './staff.ts'

/** What is promised for some cases, and the clock that it is counted by. */
export interface Policy {
  readonly row: Prisma.SlaPolicyCreateManyInput
  readonly responseMinutes: number
  readonly resolveMinutes: number
  readonly clock: BusinessClock
}

export interface Policies {
  readonly all: readonly Policy[]
  /** The one for a case of this company and priority. */
  readonly of: (company: Company, priority: Priority) => Policy
}

export interface PoliciesOptions extends DeskOptions {
  readonly berlin: Desk
  readonly beijing: Desk
  /** The company that has a contract of its own. */
  readonly contractor: Company
}

/** What is promised to everybody, to those who are in a hurry, and to one by contract. */
export function makePolicies({ berlin, beijing, contractor, ...options }: PoliciesOptions): Policies {
  const { random, now, administratorId } = options
  const since = addDays(now, -companyAgeInDays)
  const policy = (
    name: string,
    [responseMinutes, resolveMinutes]: readonly [number, number],
    desk: Desk | null,
    fits: Pick<Prisma.SlaPolicyCreateManyInput, 'priority' | 'customerId'> = {},
  ): Policy => ({
    row: {
      id: identify('slp', since, random),
      ...{ createdAt: since, updatedAt: since, createdById: administratorId, updatedById: administratorId },
      ...{ name, responseMinutes, resolveMinutes, calendarId: desk?.calendar.id ?? null },
      ...{ priority: fits.priority ?? null, customerId: fits.customerId ?? null },
    },
    ...{ responseMinutes, resolveMinutes, clock: desk?.clock ?? aroundTheClock },
  })
  const usual = policy('Standard', [480, 2400], berlin)
  const high = policy('High priority', [120, 960], berlin, { priority: 'HIGH' })
  const urgent = policy('Urgent, around the clock', [60, 480], null, { priority: 'URGENT' })
  const contract = policy(`Contract of ${contractor.name}`, [60, 540], beijing, { customerId: contractor.id })
  return {
    all: [usual, high, urgent, contract],
    of(company, priority) {
      if (company.id === contractor.id) return contract
      return priority === 'URGENT' ? urgent : priority === 'HIGH' ? high : usual
    },
  }
}
