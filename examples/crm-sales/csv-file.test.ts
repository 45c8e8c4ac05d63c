import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseCsv } from './csv-file.ts'
import { readDataSet } from './data-set.ts'

const parse = (text: string) => parseCsv(text, 'products.csv', ['product', 'price'])

test('rows know their line, blank lines and byte order marks notwithstanding', () => {
  expect(parse('\uFEFFproduct,price\r\n"GTX, Basic",550\r\n\r\n MG Special ,55\r\n')).toEqual([
    { origin: 'products.csv:2', fields: { product: 'GTX, Basic', price: '550' } },
    { origin: 'products.csv:4', fields: { product: 'MG Special', price: '55' } },
  ])
})

test.each([
  [
    'a column too many in a row',
    'product,price\nGTX,1\nGTX,1,2\n',
    /^products\.csv:3: Invalid Record Length/,
  ],
  ['a quote that is not closed', 'product,price\n"GTX,1\n', /^products\.csv:2: Quote Not Closed/],
  ['text after a quote', 'product,price\nGTX,1\n"GTX"x,1\n', /^products\.csv:3: Invalid Closing Quote/],
  ['an empty file', ' \n', 'products.csv:1: the file is empty; expected are product, price.'],
  [
    'other columns',
    'product,cost,product\nGTX,1,2\n',
    'products.csv:1: the column "price" is missing, the column "cost" is not known, the column "product" is there twice; expected are product, price.',
  ],
])('%s is refused with file and line', (_, text, message) => {
  expect(() => parse(text)).toThrow(message)
})

test('a missing file is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crm-sales-'))
  try {
    await writeFile(join(folder, 'accounts.csv'), 'account\n')
    await expect(readDataSet(join(folder, 'none'))).rejects.toThrow(
      /none\/\w+\.csv cannot be read \(ENOENT\)/,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
