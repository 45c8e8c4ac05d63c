import { expect, test } from 'vitest'
import { correct } from './corrections.ts'
import { parseCsv } from './csv-file.ts'

test('misspellings are put right in their column and counted', () => {
  const rows = parseCsv(
    'account,sector\nBluth,technolgy\ntechnolgy,retail\nInity,technolgy\n',
    'accounts.csv',
    ['account', 'sector'],
  )
  const { rows: corrected, corrections } = correct('accounts.csv', rows)
  expect(corrected.map(({ fields }) => fields)).toEqual([
    { account: 'Bluth', sector: 'technology' },
    { account: 'technolgy', sector: 'retail' },
    { account: 'Inity', sector: 'technology' },
  ])
  expect(corrections).toEqual([
    { file: 'accounts.csv', column: 'sector', from: 'technolgy', to: 'technology', rows: 2 },
  ])
})

test('a mistake of one file is none in another', () => {
  const rows = parseCsv('product\nGTXPro\n', 'products.csv', ['product'])
  expect(correct('products.csv', rows)).toEqual({ rows, corrections: [] })
})
