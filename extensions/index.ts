import { companyProfile } from '@trellis/extension-company-profile'
import { ecommerce } from '@trellis/extension-ecommerce'
import { loyalty } from '@trellis/extension-loyalty'
import type { Extension } from '@trellis/sdk'

/** The extensions that are installed. To add one: `npm install` its package, and name it here. */
export const extensions: readonly Extension[] = [companyProfile, ecommerce, loyalty]
