import { expect, test } from 'vitest'
import { parseCsv } from './csv-file.ts'
import { fileFigures } from './file-figures.ts'
import { figuresReport, filesReport, isSameFigures, loadReport } from './report.ts'

test('what was corrected and what is missing is told', () => {
  expect(
    filesReport(
      [{ file: 'accounts.csv', column: 'sector', from: 'technolgy', to: 'technology', rows: 12 }],
      [{ rows: 1425, what: 'opportunities without account: no customer' }],
    ),
  ).toMatchInlineSnapshot(`
    "Corrected
      accounts.csv  sector  technolgy -> technology  12 rows

    Not in the files
      1,425  opportunities without account: no customer
    "
  `)
})

test('the same reason for many rows is told once, with all their places', () => {
  const counts = { CREATED: 8798, UPDATED: 0, UNCHANGED: 0, REFUSED: 2 }
  const refusals = ['sales_pipeline.csv:7', 'sales_pipeline.csv:9'].map(origin => ({
    origin,
    code: 'ROW',
    message: 'account is "Acme", which is not in the files or was refused.',
  }))
  expect(
    loadReport([{ label: 'opportunities', rows: 8800, counts, refusals, ids: new Map(), seconds: 4 }]),
  ).toMatchInlineSnapshot(`
    "Loaded
                     created  updated  unchanged  refused  seconds  rows/s
      opportunities    8,798        0          0        2     4.00   2,200
      together         8,798        0          0        2     4.00   2,200

    Refused
      opportunities  ROW: account is "Acme", which is not in the files or was refused.
        sales_pipeline.csv:7 sales_pipeline.csv:9
    "
  `)
})

const won = { name: 'Won', count: 4238, amount: '10005534' }

test('the figures of the API are shown beside those of the files where they differ', () => {
  const figures = { stages: [won], agents: [{ name: 'Zane Levy', count: 1, amount: null }] }
  expect(figuresReport(figures, [{ ...won, count: 4239 }], false)).toMatchInlineSnapshot(`
    "The API says: opportunities by stage
           count         USD
      Won  4,238  10,005,534
      but the files say
           count         USD
      Won  4,239  10,005,534

    The API says: top ten agents by amount won
                 count  USD
      Zane Levy      1    -
    "
  `)
})

test('figures are the same when count and sum of every stage are', () => {
  expect(isSameFigures([won], [won])).toBe(true)
  expect(isSameFigures([won], [{ ...won, amount: '10005535' }])).toBe(false)
  expect(isSameFigures([won], [won, { name: 'Lost', count: 1, amount: '0' }])).toBe(false)
  expect(isSameFigures([won, { name: 'Lost', count: 1, amount: '0' }], [won])).toBe(false)
})

test('the files are added up by stage, open deals at the list price', () => {
  const products = parseCsv('product,series,sales_price\nGTX Pro,GTX,4821\n', 'products.csv', [
    'product',
    'series',
    'sales_price',
  ])
  const deals = parseCsv(
    `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
1,Zane Levy,GTX Pro,,Won,2016-10-20,2017-03-01,4514
2,Zane Levy,GTX Pro,,Won,2016-10-20,2017-03-01,0.5
3,Zane Levy,GTX Pro,,Prospecting,,,
`,
    'sales_pipeline.csv',
    [
      'opportunity_id',
      'sales_agent',
      'product',
      'account',
      'deal_stage',
      'engage_date',
      'close_date',
      'close_value',
    ],
  )
  expect(fileFigures({ deals, products })).toEqual([
    { name: 'Prospecting', count: 1, amount: '4821' },
    { name: 'Engaging', count: 0, amount: '0' },
    { name: 'Won', count: 2, amount: '4514.5' },
    { name: 'Lost', count: 0, amount: '0' },
  ])
})
