/** Decimal places of quotients, and of the money that is divided. */
const places = 4
const unit = 10n ** BigInt(places)

/** A decimal in ten-thousandths: what is divided never passes through a binary fraction, where halves are rounded either way. */
export function tenThousandths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(`${whole}${fraction.slice(0, places).padEnd(places, '0')}`)
}

/** A quotient to 4 places, halves away from zero as PostgreSQL rounds; `null` where there is nothing to divide by. */
export function quotient(part: number | bigint, whole: number | bigint): string | null {
  const [dividend, divisor] = [BigInt(part) * unit, BigInt(whole)]
  if (divisor === 0n) return null
  const isNegative = dividend < 0n !== divisor < 0n
  const units = (2n * magnitude(dividend) + magnitude(divisor)) / (2n * magnitude(divisor))
  const digits = String(units).padStart(places + 1, '0')
  return `${isNegative && units > 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

const magnitude = (number: bigint): bigint => (number < 0n ? -number : number)
