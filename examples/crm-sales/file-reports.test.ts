import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareReports } from './compare-reports.ts'
import { readDataSet } from './data-set.ts'
import { fileReports } from './file-reports.ts'
import type { ReportTables } from './report-tables.ts'

const dataSet = await readDataSet(join(import.meta.dirname, 'fixtures'))

test('the files are added up by office, month, agent and sector', () => {
  expect(fileReports(dataSet)).toEqual({
    wonByOffice: [
      ['Central', '2', '4,564.5'],
      ['West', '1', '4,800'],
    ],
    wonByMonth: [
      ['2017-03', '2', '4,564.5'],
      ['2017-04', '1', '4,800'],
    ],
    wonByMonthAndOffice: [
      ['2017-03', 'Central', '2', '4,564.5'],
      ['2017-04', 'Central', '0', '0'],
      ['2017-04', 'West', '1', '4,800'],
    ],
    winRateByAgent: [
      ['Moses Frase', '2', '1', '0.6667'],
      ['Zane Levy', '1', '0', '1'],
    ],
    daysToCloseBySector: [
      ['technology', '3', '30.5'],
      ['retail', '2', '16.5'],
      ['(none)', '1', '-'],
    ],
  })
})

const nothing: ReportTables = {
  wonByOffice: [],
  wonByMonth: [],
  wonByMonthAndOffice: [],
  winRateByAgent: [],
  daysToCloseBySector: [],
}
const [east, west] = [
  ['East', '2', '100'],
  ['West', '1', '7'],
]

test('rows are the same in any order', () => {
  const api = { ...nothing, wonByOffice: [east, west] }
  expect(compareReports(api, { ...nothing, wonByOffice: [west, east] }).isSame).toBe(true)
})

test('what differs is shown from both sides', () => {
  const files = [east, ['West', '1', '7.5'], ['North', '1', '1']]
  const { isSame, text } = compareReports(
    { ...nothing, wonByOffice: [east, west] },
    { ...nothing, wonByOffice: files },
  )
  expect(isSame).toBe(false)
  expect(text.split('\n\n')[0]).toMatchInlineSnapshot(`
    "The API reports: won by regional office
            count  USD
      East      2  100
      West      1    7
      but only the API says
            count  USD
      West      1    7
      but only the files say
             count  USD
      West       1  7.5
      North      1    1"
  `)
})

test('a row that comes twice is one too many', () => {
  const twice = { ...nothing, wonByOffice: [east, east] }
  expect(compareReports(twice, { ...nothing, wonByOffice: [east] }).isSame).toBe(false)
})
