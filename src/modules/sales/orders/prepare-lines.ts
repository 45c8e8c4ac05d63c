import type { DataContext, UserError } from '@trellis/sdk'
import { type Amounts, greatest, type Price, priceLines } from './amounts.ts'
import { type PlacedLine, pathOf } from './given-lines.ts'
import { lineProblems } from './line-rules.ts'
import { inactive, priceless } from './line-sale.ts'

/** A line that came with its document and may be written, but for its id and the document's. */
export interface PreparedLine extends Price, Amounts {
  readonly placed: PlacedLine
  readonly productId: string
  readonly position: number
  readonly currency: string
  readonly description: string | null
}

export interface PreparedLines {
  readonly lines: readonly PreparedLine[]
  readonly userErrors: readonly UserError[]
}

type Sale = Omit<PreparedLine, keyof Amounts>

const problem = (placed: PlacedLine, field: string, code: string, message: string): UserError => ({
  code,
  message,
  path: pathOf(placed, field),
})

/** Fills in what lines leave out, as lines of their own have it filled in; two statements however many there are. */
export async function prepareLines(
  placed: readonly PlacedLine[],
  { loaders, database }: DataContext,
): Promise<PreparedLines> {
  const userErrors: UserError[] = []
  const products = await loaders.products.byId.loadMany(placed.map(({ line }) => line.productId))
  const sales = placed.flatMap((each, ordinal): readonly Sale[] => {
    const { line, index, document } = each
    const currency = document.values.currency ?? 'USD'
    const product = products[ordinal]
    const unitPrice = line.unitPrice ?? (product?.currency === currency ? product.price : null)
    const problems = [...lineProblems(each)]
    if (!product || product.deletedAt)
      problems.push(
        problem(each, 'productId', 'NOT_FOUND', `There is no Product "${line.productId.slice(0, 60)}".`),
      )
    else if (!product.isActive) problems.push(problem(each, 'productId', 'INACTIVE', inactive(product.name)))
    else if (unitPrice === null)
      problems.push(problem(each, 'unitPrice', 'REQUIRED', priceless(product, currency)))
    userErrors.push(...problems)
    if (problems.length > 0 || unitPrice === null) return []
    return [
      {
        placed: each,
        productId: line.productId,
        position: line.position ?? index + 1,
        quantity: line.quantity ?? '1',
        unitPrice,
        discountPercent: line.discountPercent ?? '0',
        taxPercent: line.taxPercent ?? '0',
        currency,
        description: line.description ?? null,
      },
    ]
  })
  const amounts = await priceLines(database(), sales)
  const lines = sales.flatMap((sale, ordinal): readonly PreparedLine[] => {
    const amount = amounts[ordinal]
    if (amount) return [{ ...sale, ...amount }]
    const message = `quantity times unitPrice, or that with its tax, is more than ${greatest}.`
    userErrors.push(problem(sale.placed, 'quantity', 'OUT_OF_RANGE', message))
    return []
  })
  return { lines, userErrors }
}
