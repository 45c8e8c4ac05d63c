import type { Random } from './random.ts'

/** Each `#` becomes a digit; the first of a row of them is not 0. */
export const fillDigits = (random: Random, pattern: string): string =>
  pattern.replace(/#+/g, row =>
    Array.from(row, (_, index) => random.integer(index === 0 ? 1 : 0, 9)).join(''),
  )

/** What domains and e-mail addresses make of a name: `Müller & Söhne` is `mueller-soehne`, `O'Brien` is `obrien`. */
export const toLatin = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[\p{Mark}'’.]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
