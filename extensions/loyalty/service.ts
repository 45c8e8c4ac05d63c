import { randomUUID } from 'node:crypto'
import { type DataContext, inputError, type UserError, UserErrors } from '@trellis/sdk'
import type { LoyaltyTables } from './generated/tables.ts'
import type { Adjustment } from './loaders.ts'

const mostPoints = 1_000_000
const longestReason = 500

export interface AdjustInput {
  readonly customerId: string
  readonly points: number
  readonly reason: string
}

export interface LoyaltyService {
  /** Gives or takes points by hand. @throws UserErrors when the input is refused */
  adjust(input: AdjustInput): Promise<Adjustment>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly loyalty: LoyaltyService
  }
}

function problemsOf({ points, reason }: AdjustInput): readonly UserError[] {
  return [
    ...(points === 0 || Math.abs(points) > mostPoints
      ? [
          inputError(
            'points',
            'OUT_OF_RANGE',
            `points is ${points}; it has to be -${mostPoints} to ${mostPoints}, and not 0.`,
          ),
        ]
      : []),
    ...(reason.trim() === '' ? [inputError('reason', 'REQUIRED', 'reason may not be blank.')] : []),
    ...(reason.length > longestReason
      ? [
          inputError(
            'reason',
            'TOO_LONG',
            `reason has ${reason.length} characters; ${longestReason} are allowed.`,
          ),
        ]
      : []),
  ]
}

/** The writes of the programme, in the transaction of the mutation that they are part of. */
export const loyaltyService = ({
  database,
  loaders,
  events,
  rights,
  viewer,
  now,
}: DataContext): LoyaltyService => ({
  async adjust(input) {
    const { customerId, points, reason } = input
    const customer = await loaders.customers.byId.load(customerId)
    if (!customer || customer.deletedAt)
      throw new UserErrors([
        inputError(
          'customerId',
          'NOT_FOUND',
          `There is no Customer "${customerId.slice(0, 60)}", or none that you may see.`,
        ),
      ])
    rights.assert('update', { entity: 'Customer', ownerId: customer.ownerId })
    const problems = problemsOf(input)
    if (problems.length > 0) throw new UserErrors(problems)
    const adjustment = await database<LoyaltyTables>()
      .insertInto('LoyaltyAdjustment')
      // Its own id: the one that was sent may be that of a customer that was merged with it.
      .values({
        id: randomUUID(),
        customerId: customer.id,
        points,
        reason,
        createdAt: now(),
        createdById: viewer.id,
      })
      .returning(['id', 'customerId', 'points', 'reason', 'createdAt'])
      .executeTakeFirstOrThrow()
    await events.emit(
      'loyalty.adjusted',
      { adjustmentId: adjustment.id, customerId: customer.id, points },
      { entityId: customer.id },
    )
    return adjustment
  },
})
