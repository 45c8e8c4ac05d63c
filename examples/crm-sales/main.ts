/** Loads the CRM Sales Opportunities data set through the public API. See README.md. */
import { readApiReports } from './api-reports.ts'
import { createBulkUpsert } from './bulk-upsert.ts'
import { readCheckFigures } from './check-figures.ts'
import { compareReports } from './compare-reports.ts'
import { readDataSet } from './data-set.ts'
import { createEndpoint } from './endpoint.ts'
import { describeFailure } from './failure.ts'
import { fileFigures } from './file-figures.ts'
import { fileReports } from './file-reports.ts'
import { gapsOf } from './gaps.ts'
import { InputError } from './input-error.ts'
import { load } from './load.ts'
import { createLoader } from './load-records.ts'
import { type Options, readOptions } from './options.ts'
import { createProgress } from './progress.ts'
import { figuresReport, filesReport, isSameFigures, loadReport } from './report.ts'

/** @returns whether every row is in the CRM now, and the API adds them up as the files do */
async function main({ folder, batchSize, url, key }: Options): Promise<boolean> {
  const print = (text: string): void => void process.stdout.write(`${text}\n`)
  const dataSet = await readDataSet(folder)
  print(filesReport(dataSet.corrections, gapsOf(dataSet)))

  print(`Loading into ${url}`)
  const progress = createProgress(process.stdout)
  const endpoint = createEndpoint({ url, key, note: progress.note })
  const loadRecords = createLoader({ bulkUpsert: createBulkUpsert(endpoint), progress, batchSize })
  const loaded = await load(dataSet, loadRecords).finally(progress.stop)
  print(`\n${loadReport(loaded)}`)

  const figures = await readCheckFigures(endpoint)
  const files = fileFigures(dataSet)
  const isSame = isSameFigures(figures.stages, files)
  print(figuresReport(figures, files, isSame))
  const reports = compareReports(await readApiReports(endpoint), fileReports(dataSet))
  print(reports.text)
  return isSame && reports.isSame && loaded.every(({ counts }) => counts.REFUSED === 0)
}

try {
  if (!(await main(readOptions()))) process.exitCode = 1
} catch (error) {
  const message =
    error instanceof InputError
      ? error.message
      : `The load ended early: ${describeFailure(error)}\nRun it again: it goes on where it broke off.`
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}
