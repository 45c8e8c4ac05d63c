import type { Change, Check, Records } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'
import type { DocumentKind, DocumentLine } from './document-kind.ts'
import type { DocumentOf } from './held-documents.ts'
import { documentField } from './line-fields.ts'

type LineChange = Change<DocumentLine>

/** Lines stay as they are once others rely on them. */
export const refuseClosed =
  (kind: DocumentKind, documentOf: DocumentOf): Check<DocumentLine> =>
  (changes, context) =>
    changes.flatMap(change => {
      const { word, editable, entity } = kind
      const document = documentOf(change)
      if (!document) return []
      const field = documentField(kind, change)
      const name = `The ${word} ${document.number}`
      if (document.deletedAt)
        return [refusal(change, field, 'DELETED', `${name} is deleted; restore it first.`)]
      if (editable.includes(document.status) || isTakenOver(change, context, entity)) return []
      const message = `${name} is ${document.status}; its lines may change in ${editable.join(' and ')} only.`
      return [refusal(change, field, 'LOCKED', message)]
    })

/** The product that a line comes to be of, unless it is of that one already. */
const newProductId = ({ before, values: { productId } }: LineChange): string | null =>
  productId !== undefined && productId !== before?.productId ? productId : null

/** What the caller says of the price; a bulk's change holds only what differs, so its item is asked too. */
const saidPrice = ({ values, input }: LineChange): unknown => values.unitPrice ?? input['unitPrice']

const inactive = (name: string): string => `The product "${name}" is not for sale any more.`

const priceless = (product: Records['Product'], currency: string): string =>
  `unitPrice is required: the product's price is in ${product.currency}, and this is in ${currency}.`

/** Sells products that are for sale, at their own price where nothing else is said, in the document's currency. */
export const sell =
  (kind: DocumentKind, documentOf: DocumentOf): Check<DocumentLine> =>
  async (changes, context) => {
    const sold = changes.flatMap(change => {
      const productId = newProductId(change)
      return productId === null ? [] : [{ change, productId }]
    })
    const products = await context.loaders.products.byId.loadMany(sold.map(({ productId }) => productId))
    return sold.flatMap(({ change }, index) => {
      const [product, document] = [products[index], documentOf(change)]
      if (!product || !document) return []
      if (!product.isActive && !isTakenOver(change, context, kind.entity))
        return [refusal(change, 'productId', 'INACTIVE', inactive(product.name))]
      const { currency } = document
      const unitPrice = saidPrice(change) ?? (product.currency === currency ? product.price : undefined)
      if (typeof unitPrice !== 'string')
        return [refusal(change, 'unitPrice', 'REQUIRED', priceless(product, currency))]
      change.amend({ unitPrice, currency })
      return []
    })
  }
