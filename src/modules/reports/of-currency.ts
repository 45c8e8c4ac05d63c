import { type Filter, TrellisError } from '@trellis/sdk'

/**
 * The condition that an amount is in a currency; `null` for all currencies.
 *
 * @throws TrellisError `BAD_INPUT` for what does not look like a code of ISO 4217: no rows would look like no sales
 */
export function ofCurrency(currency: string | null | undefined): Filter | null {
  if (currency == null) return null
  if (!/^[A-Z]{3}$/.test(currency))
    throw new TrellisError('BAD_INPUT', `currency is "${currency.slice(0, 60)}"; it has to look like USD.`)
  return { currency: { eq: currency } }
}
