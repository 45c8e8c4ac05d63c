import { randomUUID } from 'node:crypto'
import { type DataContext, inputError, type UserError, UserErrors } from '@trellis/sdk'
import { daysBefore } from '../days.ts'
import type { EcommerceTables } from '../generated/tables.ts'
import { holdCustomer } from '../hold-customer.ts'
import { refuse, refuseMissing } from '../refuse.ts'
import type { Review } from './loaders.ts'

const longestTitle = 200
const longestBody = 5000

export interface ReviewInput {
  readonly orderLineId: string
  readonly rating: number
  readonly title: string
  readonly body?: string | null
}

export interface ReviewService {
  /**
   * Keeps what a customer says of a product in a completed order.
   *
   * @throws UserErrors when the input is refused
   * @throws TrellisError `FORBIDDEN` when the viewer may not change the customer
   */
  create(input: ReviewInput): Promise<Review>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly ecommerceReviews: ReviewService
  }
}

function problemsOf({ rating, title, body }: ReviewInput): readonly UserError[] {
  return [
    ...(rating < 1 || rating > 5
      ? [inputError('rating', 'OUT_OF_RANGE', `rating is ${rating}; it may be 1 to 5.`)]
      : []),
    ...(title.trim() === '' ? [inputError('title', 'REQUIRED', 'title may not be blank.')] : []),
    ...(title.length > longestTitle
      ? [
          inputError(
            'title',
            'TOO_LONG',
            `title has ${title.length} characters; ${longestTitle} are allowed.`,
          ),
        ]
      : []),
    ...((body ?? '').length > longestBody
      ? [inputError('body', 'TOO_LONG', `body has ${body?.length} characters; ${longestBody} are allowed.`)]
      : []),
  ]
}

/** The writes of reviews, in the transaction of the mutation that they are part of. */
export const reviewService = (context: DataContext): ReviewService => ({
  async create(input) {
    const { database, loaders, services, events, rights, now } = context
    const { orderLineId, rating, title, body = null } = input
    const line = await loaders.orderLines.byId.load(orderLineId)
    const order = line && (await loaders.orders.byId.load(line.orderId))
    // Held first: where it was merged meanwhile, its id leads to the one that stayed.
    if (order) await holdCustomer(order.customerId, context)
    const customer = order && (await loaders.customers.byId.load(order.customerId))
    // Whoever may not see one of them is not told of which.
    if (!line || line.deletedAt || !order || order.deletedAt || !customer || customer.deletedAt)
      throw refuseMissing('orderLineId', 'OrderLine', orderLineId)
    rights.assert('update', { entity: 'Customer', ownerId: customer.ownerId })
    const problems = problemsOf(input)
    if (problems.length > 0) throw new UserErrors(problems)
    if (order.status !== 'COMPLETED')
      throw refuse(
        'orderLineId',
        'NOT_COMPLETED',
        `Order ${order.number} is ${order.status}; it has to be COMPLETED to be reviewed.`,
      )
    const own = database<EcommerceTables>()
    const fulfilment = await own
      .selectFrom('Fulfilment')
      .select('completedAt')
      .where('orderId', '=', order.id)
      .executeTakeFirst()
    const { reviewWindowDays } = loaders.ecommerceSettings
    // One that was completed before this extension was there was last changed then, or later.
    const completedAt = fulfilment?.completedAt ?? order.updatedAt
    if (completedAt < daysBefore(now(), reviewWindowDays))
      throw refuse(
        'orderLineId',
        'REVIEW_TOO_LATE',
        `Order ${order.number} was completed on ${completedAt.toISOString().slice(0, 10)}; it could be reviewed for ${reviewWindowDays} days.`,
      )
    const review = await own
      .insertInto('Review')
      .values({
        id: randomUUID(),
        createdAt: now(),
        ...{ customerId: customer.id, orderId: order.id, orderLineId: line.id, productId: line.productId },
        ...{ rating, title, body },
      })
      .onConflict(conflict => conflict.column('orderLineId').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!review) throw refuse('orderLineId', 'TAKEN', 'This line of the order has been reviewed.')
    const { id: reviewId, productId } = review
    await services.timeline.record([
      {
        targetId: customer.id,
        relatedId: order.id,
        type: 'ecommerce.review_created',
        title: 'Said what it thinks of a product',
        data: { reviewId, productId },
      },
    ])
    await events.emit(
      'ecommerce.review-created',
      { reviewId, productId, customerId: customer.id, orderId: order.id, rating },
      { entityId: productId },
    )
    return review
  },
})
