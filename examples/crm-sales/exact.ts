/** Decimal places of money and of quotients in the API. */
const places = 4
const unit = 10n ** BigInt(places)

/** Exact, in ten-thousandths. */
export function sumOf(amounts: readonly string[]): string {
  const total = amounts.reduce((sum, amount) => {
    const [whole = '0', fraction = ''] = amount.split('.')
    return sum + BigInt(`${whole}${fraction.slice(0, places).padEnd(places, '0')}`)
  }, 0n)
  return decimalOfUnits(total)
}

/** To 4 places, halves away from zero; `null` where there is nothing to divide by. */
export function quotientOf(part: number, whole: number): string | null {
  if (whole === 0) return null
  const [dividend, divisor] = [BigInt(part) * unit, BigInt(whole)]
  return decimalOfUnits((2n * dividend + divisor) / (2n * divisor))
}

/** As the API writes decimals: without trailing zeros. */
function decimalOfUnits(units: bigint): string {
  const digits = String(units).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}
