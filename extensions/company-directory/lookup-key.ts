/** By what a company is asked for, such as `taxNumber DE123456789`. */
export type LookupKey = `${'registrationNumber' | 'taxNumber'} ${string}`

/** Numbers as the directory has them: people write them with blanks and dots, and in small letters. */
export const plainNumber = (number: string): string => number.replaceAll(/[\s./-]/g, '').toUpperCase()

/** The key of a customer: the number that it was linked to, or else its tax number. `null` when it has none. */
export function lookupKeyOf(linkedTo: string | null, taxNumber: string | null): LookupKey | null {
  if (linkedTo !== null) return `registrationNumber ${plainNumber(linkedTo)}`
  const plain = plainNumber(taxNumber ?? '')
  return plain === '' ? null : `taxNumber ${plain}`
}

/** What stands for the key in a request. */
export function questionOf(key: LookupKey): Readonly<Record<string, string>> {
  const [by = '', number = ''] = key.split(' ')
  return { [by]: number }
}
