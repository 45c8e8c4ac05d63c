import type { OpportunityType } from '../../src/generated/prisma/enums.ts'
import type { Company } from './companies.ts'
import { fromDollars } from './money.ts'
import { forSale, type Product } from './products.ts'
import type { Random } from './random.ts'

/** A product in an opportunity. */
export interface Line {
  readonly product: Product
  readonly quantity: number
  /** In the opportunity's currency. */
  readonly unitPriceCents: number
}

export interface LinesOptions {
  readonly random: Random
  readonly company: Company
  readonly products: readonly Product[]
  readonly type: OpportunityType
}

/** One to four different products, as many of each as the company's size has it. */
export function makeLines({ random, company, products, type }: LinesOptions): readonly Line[] {
  const count = random.pickWeighted([1, 2, 3, 4], lines => 5 - lines)
  const remaining = new Set(type === 'RENEWAL' ? renewable(products) : forSale(products))
  return Array.from({ length: Math.min(count, remaining.size) }, () => {
    const product = random.pick([...remaining])
    remaining.delete(product)
    return makeLine(random, company, product)
  })
}

/** What is paid by the year. */
const renewable = (products: readonly Product[]): readonly Product[] =>
  products.filter(({ category, sku }) => category === 'Software' || sku === 'SRV-CARE')

function makeLine(random: Random, { employees, country }: Company, product: Product): Line {
  const scale = Math.sqrt(employees / 100) * Math.exp(0.4 * random.normal())
  const discount = random.pickWeighted([0, 5, 10, 15, 20], percent => 25 - percent)
  return {
    product,
    quantity: Math.max(1, Math.round(product.usualQuantity * Math.min(12, scale))),
    unitPriceCents: fromDollars(Math.round((product.cents * (100 - discount)) / 100), country.currency),
  }
}

export const sumOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0)
