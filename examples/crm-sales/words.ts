import type { UpsertResult } from './bulk-upsert.ts'

/** Digits in threes: `10005534.5` becomes `10,005,534.5`. Works on text, so that money stays exact. */
export function grouped(value: number | string): string {
  const [whole = '', fraction] = String(value).split('.')
  const inThrees = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? inThrees : `${inThrees}.${fraction}`
}

/** `85 created, 2 refused`; what did not happen is left out. */
export function counted(counts: Readonly<Record<UpsertResult['status'], number>>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  return parts.length === 0
    ? 'nothing'
    : parts.map(([status, count]) => `${grouped(count)} ${status.toLowerCase()}`).join(', ')
}

/** `1 row`, `12 rows`. */
export const rowsOf = (count: number): string => `${grouped(count)} ${count === 1 ? 'row' : 'rows'}`
