import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays } from './calendar.ts'
import { identify } from './identifiers.ts'
import { decimal } from './money.ts'
import type { Random } from './random.ts'
import { companyAgeInDays } from './staff.ts'
import { type CatalogueItem, catalogue } from './vocabulary/catalogue.ts'

/** Something for sale, its price in cents. */
export interface Product extends CatalogueItem {
  readonly id: string
  readonly cents: number
}

/** What can be sold: the catalogue without what was taken off it. */
export const forSale = (products: readonly Product[]): readonly Product[] =>
  products.filter(({ isActive }) => isActive !== false)

export function makeProducts(random: Random, now: Date): readonly Product[] {
  const createdAt = addDays(now, -companyAgeInDays)
  return catalogue.map((item, index) => ({
    ...item,
    id: identify('prd', createdAt, random, index),
    cents: Math.round(item.price * 100),
  }))
}

export const productRow = (product: Product, now: Date, by: string): Prisma.ProductCreateManyInput => {
  const createdAt = addDays(now, -companyAgeInDays)
  const isActive = product.isActive !== false
  return {
    id: product.id,
    sku: product.sku,
    name: product.name,
    category: product.category,
    description: product.description,
    price: decimal(product.cents),
    currency: 'USD',
    isActive,
    createdAt,
    createdById: by,
    updatedAt: isActive ? createdAt : addDays(createdAt, 200),
    updatedById: by,
    version: isActive ? 1 : 2,
  }
}
