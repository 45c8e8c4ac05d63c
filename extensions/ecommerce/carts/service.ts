import { randomUUID } from 'node:crypto'
import type { DataContext, Records } from '@trellis/sdk'
import type { EcommerceTables } from '../generated/tables.ts'
import { refuse, refuseMissing } from '../refuse.ts'
import { writableCustomer } from '../writable-customer.ts'
import { type CheckedOut, checkout } from './checkout.ts'
import type { Cart } from './loaders.ts'
import { type HeldCart, holdOpenCart, holdOrOpenCart } from './open-cart.ts'

/** Different products in one cart, at most. */
export const mostProducts = 100

export interface CartProduct {
  readonly customerId: string
  readonly productId: string
}

export interface CartQuantity extends CartProduct {
  readonly quantity: number
}

/** The writes of carts. All assert that the viewer may change the customer, and throw `UserErrors` for what is refused. */
export interface CartService {
  /** Puts more of a product in, at its price of today. */
  addItem(input: CartQuantity): Promise<Cart>
  /** Sets how many there are of what is in. */
  setQuantity(input: CartQuantity): Promise<Cart>
  removeItem(input: CartProduct): Promise<Cart>
  /** Makes an order of what is in. */
  checkout(input: { readonly customerId: string }): Promise<CheckedOut>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly ecommerceCarts: CartService
  }
}

/** The writes of carts, in the transaction of the mutation that they are part of. */
export function cartService(context: DataContext): CartService {
  const { database, loaders, now } = context
  const own = database<EcommerceTables>()

  const assertQuantity = (quantity: number): void => {
    const { largestQuantity } = loaders.ecommerceSettings
    if (quantity < 1 || quantity > largestQuantity)
      throw refuse('quantity', 'OUT_OF_RANGE', `quantity is ${quantity}; it may be 1 to ${largestQuantity}.`)
  }

  const productForSale = async (productId: string): Promise<Records['Product']> => {
    const product = await loaders.products.byId.load(productId)
    if (!product || product.deletedAt) throw refuseMissing('productId', 'Product', productId)
    if (!product.isActive)
      throw refuse('productId', 'INACTIVE', `The product "${product.name}" is not for sale any more.`)
    return product
  }

  /** Notes that the cart was changed, and reads what it is now. */
  const changed = async ({ id }: HeldCart, currency?: string): Promise<Cart> => {
    await own
      .updateTable('Cart')
      .set({ updatedAt: now(), ...(currency && { currency }) })
      .where('id', '=', id)
      .execute()
    const cart = await loaders.ecommerceCarts.byId.load(id)
    if (!cart) throw new Error(`The cart ${id} is held, and not there.`)
    return cart
  }

  const notInCart = (productId: string) =>
    refuse('productId', 'NOT_FOUND', `"${productId.slice(0, 60)}" is not in the cart.`)

  return {
    async addItem({ customerId, productId, quantity }) {
      const customer = await writableCustomer(customerId, context)
      assertQuantity(quantity)
      const product = await productForSale(productId)
      const cart = await holdOrOpenCart(customer.id, product.currency, context)
      const items = await loaders.ecommerceCarts.itemsOf(cart.id)
      const there = items.find(item => item.productId === product.id)
      if (!there && items.length >= mostProducts)
        throw refuse(
          'productId',
          'TOO_LONG',
          `The cart has ${items.length} products; ${mostProducts} are allowed.`,
        )
      if (cart.currency !== product.currency && items.some(item => item !== there))
        throw refuse(
          'productId',
          'CONTRADICTION',
          `The product's price is in ${product.currency}, and the cart in ${cart.currency}. Check out what is in it first.`,
        )
      const sum = (there?.quantity ?? 0) + quantity
      assertQuantity(sum)
      const priced = { quantity: sum, unitPrice: product.price }
      await own
        .insertInto('CartItem')
        .values({ id: randomUUID(), cartId: cart.id, productId: product.id, addedAt: now(), ...priced })
        .onConflict(conflict => conflict.columns(['cartId', 'productId']).doUpdateSet(priced))
        .execute()
      return changed(cart, product.currency)
    },

    async setQuantity({ customerId, productId, quantity }) {
      const customer = await writableCustomer(customerId, context)
      assertQuantity(quantity)
      const cart = await holdOpenCart(customer.id, context)
      const { numUpdatedRows } = await own
        .updateTable('CartItem')
        .set({ quantity })
        .where('cartId', '=', cart.id)
        .where('productId', '=', productId)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw notInCart(productId)
      return changed(cart)
    },

    async removeItem({ customerId, productId }) {
      const customer = await writableCustomer(customerId, context)
      const cart = await holdOpenCart(customer.id, context)
      const { numDeletedRows } = await own
        .deleteFrom('CartItem')
        .where('cartId', '=', cart.id)
        .where('productId', '=', productId)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw notInCart(productId)
      return changed(cart)
    },

    async checkout({ customerId }) {
      const customer = await writableCustomer(customerId, context)
      return checkout(customer, await holdOpenCart(customer.id, context), context)
    },
  }
}
