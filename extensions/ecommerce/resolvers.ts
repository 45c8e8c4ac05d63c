import type { Context } from '@trellis/sdk'
import type { Cart, CartItem } from './carts/loaders.ts'
import type { CartProduct, CartQuantity } from './carts/service.ts'
import type { Review } from './reviews/loaders.ts'
import type { ReviewInput } from './reviews/service.ts'

interface Given<Input> {
  readonly input: Input
}

const done = { userErrors: [] }

export const resolvers = {
  Query: {
    ecommerceCart: async (_: unknown, { customerId }: { customerId: string }, { loaders }: Context) => {
      const customer = await loaders.customers.byId.load(customerId)
      return customer && loaders.ecommerceCarts.openOf.load(customer.id)
    },
  },
  Mutation: {
    ecommerceCartAddItem: async (_: unknown, { input }: Given<CartQuantity>, { services }: Context) => ({
      cart: await services.ecommerceCarts.addItem(input),
      ...done,
    }),
    ecommerceCartSetQuantity: async (_: unknown, { input }: Given<CartQuantity>, { services }: Context) => ({
      cart: await services.ecommerceCarts.setQuantity(input),
      ...done,
    }),
    ecommerceCartRemoveItem: async (_: unknown, { input }: Given<CartProduct>, { services }: Context) => ({
      cart: await services.ecommerceCarts.removeItem(input),
      ...done,
    }),
    ecommerceCartCheckout: async (
      _: unknown,
      { input }: Given<{ customerId: string }>,
      { services, loaders }: Context,
    ) => {
      const { cartId, orderId } = await services.ecommerceCarts.checkout(input)
      return {
        cart: await loaders.ecommerceCarts.byId.load(cartId),
        order: await loaders.orders.byId.load(orderId),
        ...done,
      }
    },
    ecommerceReviewCreate: async (_: unknown, { input }: Given<ReviewInput>, { services }: Context) => ({
      review: await services.ecommerceReviews.create(input),
      ...done,
    }),
  },
  EcommerceCart: {
    customer: ({ customerId }: Cart, _: unknown, { loaders }: Context) =>
      loaders.customers.byId.load(customerId),
    items: ({ id }: Cart, _: unknown, { loaders }: Context) => loaders.ecommerceCarts.itemsOf(id),
    order: ({ orderId }: Cart, _: unknown, { loaders }: Context) =>
      orderId === null ? null : loaders.orders.byId.load(orderId),
  },
  EcommerceCartItem: {
    product: ({ productId }: CartItem, _: unknown, { loaders }: Context) =>
      loaders.products.byId.load(productId),
  },
  EcommerceReview: {
    customer: ({ customerId }: Review, _: unknown, { loaders }: Context) =>
      loaders.customers.byId.load(customerId),
    product: ({ productId }: Review, _: unknown, { loaders }: Context) =>
      loaders.products.byId.load(productId),
    order: ({ orderId }: Review, _: unknown, { loaders }: Context) => loaders.orders.byId.load(orderId),
  },
}
